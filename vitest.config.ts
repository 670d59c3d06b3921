import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // What comes about by itself gets the time that a busy machine needs; the default is a second.
    expect: { poll: { timeout: 15_000, interval: 20 } },
    pool: 'forks',
    maxWorkers: 2,
  },
})
