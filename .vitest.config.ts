import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'

/** Continuous integration counts the tests from this file (.ci/run). */
const report = '.lectern/test-report.json'

/** For what hangs, not for what is slow: a shared machine of two cores may take ten times as long as a quiet one. */
const polling = { expect: { poll: { timeout: 30_000 } } }
const patience = { testTimeout: 60_000, hookTimeout: 120_000, ...polling }

export default defineConfig({
  test: {
    reporters: process.env.CI ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      { test: { name: 'shared', ...patience, root: 'shared', include: ['src/**/*.test.ts'] } },
      {
        test: {
          name: 'api',
          ...patience,
          root: 'api',
          include: ['**/*.test.ts'],
          globalSetup: ['src/storage/test-postgres-setup.ts'],
        },
      },
      {
        plugins: [WxtVitest()],
        test: {
          name: 'extension',
          ...patience,
          root: 'extension',
          include: ['**/*.test.{ts,tsx}'],
          exclude: ['e2e/**', 'node_modules/**'],
          // The fake browser speaks English.
          setupFiles: ['locales/testing/speak.ts'],
          env: { LECTERN_API_URL: 'http://localhost:8787' },
        },
      },
      {
        test: {
          name: 'e2e',
          root: 'extension/e2e',
          include: ['**/*.test.ts'],
          globalSetup: ['../../api/src/storage/test-postgres-setup.ts'],
          // Browsers and builds share two cores: one journey at a time.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 240_000,
          ...polling,
        },
      },
    ],
  },
})
