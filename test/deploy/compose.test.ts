import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../../config.ts'
import { READS_TYPESCRIPT } from '../support/typescript.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8')

interface Service {
  image: string
  build?: string
  command?: string[]
  entrypoint?: string[]
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test?: string[]; disable?: boolean }
  volumes?: string[]
  networks?: string[]
  ports?: string[]
  [key: string]: unknown
}

/** Keys of the compose specification (compose-spec.io) that this file uses; another one is a slip or is added here. */
const SERVICE_KEYS = new Set(
  `build image command entrypoint environment depends_on healthcheck volumes networks ports restart init read_only tmpfs
  cap_drop security_opt stop_grace_period shm_size`.split(/\s+/),
)
const HEALTH_KEYS = new Set(['test', 'interval', 'timeout', 'retries', 'start_period', 'disable'])
const CONDITIONS = ['service_started', 'service_healthy', 'service_completed_successfully']

const text = read('docker-compose.yml')
const compose = parse(text, { merge: true }) as {
  services: Record<string, Service>
  networks: Record<string, unknown>
  volumes: Record<string, unknown>
}
const services = Object.entries(compose.services)
const dockerfile = read('Dockerfile')
const ours = services.filter(([, { build }]) => build !== undefined)

describe('docker-compose.yml', () => {
  test('has only keys that the specification has', () => {
    const top = Object.keys(compose).filter((key) => !key.startsWith('x-'))
    expect(top.sort()).toEqual(['networks', 'services', 'volumes'])
    for (const [name, service] of services) {
      expect(
        Object.keys(service).filter((key) => !SERVICE_KEYS.has(key)),
        name,
      ).toEqual([])
      expect(
        Object.keys(service.healthcheck ?? {}).filter((key) => !HEALTH_KEYS.has(key)),
        name,
      ).toEqual([])
    }
  })

  test('asks for the variables that docker:env writes, and for no other', () => {
    const asked = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name))
    const written = execFileSync(process.execPath, [...READS_TYPESCRIPT, 'deploy/make-env.ts'], {
      cwd: fileURLToPath(ROOT),
      encoding: 'utf8',
    })
    expect(
      written
        .trim()
        .split('\n')
        .map((line) => line.split('=')[0])
        .sort(),
    ).toEqual([...asked].sort())
    expect(written).toMatch(/^(\w+=[0-9a-f]{48,}\n)+$/)
  })

  test.each(ours)('gives %s an environment that it understands', (name, { environment = {}, entrypoint }) => {
    if (entrypoint) return expect(name).toBe('search-keys')
    const given = Object.entries(environment).map(([key, value]) => [key, filled(value)])
    const config = readConfig({ ...Object.fromEntries(given), ...imageEnvironment() })
    expect(config).toMatchObject({ host: '0.0.0.0', port: 3000, meiliUrl: 'http://meilisearch:7700' })
    const known = new Set([...read('config.ts').matchAll(/name: '(\w+)'/g)].map(([, variable]) => variable))
    expect(Object.keys(environment).filter((key) => !known.has(key))).toEqual([])
  })

  test.each(services)('%s waits only for what can come about', (_, { depends_on = {} }) => {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      expect(Object.keys(compose.services)).toContain(other)
      expect(CONDITIONS).toContain(condition)
      if (condition !== 'service_healthy') continue
      const { healthcheck, build } = compose.services[other] as Service
      expect(healthcheck?.disable).not.toBe(true)
      expect(healthcheck?.test !== undefined || (build !== undefined && /^HEALTHCHECK /m.test(dockerfile))).toBe(true)
    }
  })

  test.each(services)('%s names only volumes, networks, files and images that are there', (_, service) => {
    for (const network of service.networks ?? []) expect(Object.keys(compose.networks)).toContain(network)
    for (const mount of service.volumes ?? []) {
      const [source = ''] = mount.split(':')
      if (source.startsWith('.')) expect(existsSync(new URL(source, ROOT)), source).toBe(true)
      else expect(Object.keys(compose.volumes)).toContain(source)
    }
    if (service.build) expect(existsSync(new URL(`${service.build}/Dockerfile`, ROOT))).toBe(true)
    else expect(service.image).toMatch(/^[\w./-]+:v?\d+\.\d+/)
    const script = service.entrypoint?.find((part) => part.endsWith('.ts'))
    if (script) expect(existsSync(new URL(script, ROOT)), script).toBe(true)
  })

  test('no process but the keys’ knows the master key, and only the balancer is published', () => {
    const holders = services
      .filter(([, { environment = {} }]) => 'MEILI_MASTER_KEY' in environment)
      .map(([name]) => name)
    expect(holders.sort()).toEqual(['meilisearch', 'search-keys'])
    expect(services.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(['proxy'])
    expect(compose.services.worker?.networks).toContain('outside')
    for (const api of ['api-1', 'api-2']) expect(compose.services[api]?.networks).toEqual(['inside'])
  })

  test('the balancer knows every API process, by the path that tells readiness', () => {
    const caddyfile = read('deploy/Caddyfile')
    const upstreams = /reverse_proxy (.+) \{/.exec(caddyfile)?.[1]?.split(' ') ?? []
    const apis = services.filter(([, { command }]) => command?.join(' ') === 'serve --role api').map(([name]) => name)
    expect(upstreams.sort()).toEqual(apis.map((name) => `${name}:3000`).sort())
    expect(caddyfile).toContain('health_uri /readyz')
  })
})

describe('Dockerfile', () => {
  test('copies only what is there and what .dockerignore lets through', () => {
    const allowed = new Set(
      read('.dockerignore')
        .match(/^!(.+)$/gm)
        ?.map((line) => line.slice(1)),
    )
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '))
    expect(copied.length).toBeGreaterThan(5)
    for (const name of copied) {
      expect(existsSync(new URL(name, ROOT)), name).toBe(true)
      expect(allowed, name).toContain(name)
    }
  })

  test('ends as a user without rights, with Node itself as the first process', () => {
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile).toMatch(/^ENTRYPOINT \["node", "bin\/essais.js"\]$/m)
    for (const [, image] of dockerfile.matchAll(/^FROM (\S+)/gm)) expect(image).toMatch(/^node:\d+\.\d+\.\d+-/)
  })
})

function filled(value: string): string {
  return value.replace(/\$\{\w+(?::-([^}]*)|:\?[^}]*)\}/g, (_, fallback?: string) => fallback ?? 'value')
}

function imageEnvironment(): Record<string, string> {
  const line = /^ENV (.+)$/m.exec(dockerfile)?.[1] ?? ''
  return Object.fromEntries(line.split(' ').map((pair) => pair.split('=') as [string, string]))
}
