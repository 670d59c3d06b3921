// Node reads TypeScript by itself from 22.18 on, by blanking the types out. Older ones are taught to do the same.
import { register } from 'node:module'

if (!process.features.typescript) register('./strip-types-hooks.js', import.meta.url)
