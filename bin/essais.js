#!/usr/bin/env node
import './strip-types.js'

await import('../cli.ts')
