import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Parts are real here: a worker thread, a server on the loopback, PGlite. They start slowly on a loaded machine.
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
})
