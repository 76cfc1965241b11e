import { configDefaults, defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'

export default defineConfig(({ mode }) => {
  /** `pnpm test:deep` runs what takes minutes, in files of their own, `pnpm test` all else. */
  const deep = mode === 'deep'
  const deepFiles = '**/*.deep.test.ts'
  const files = {
    include: [deep ? deepFiles : '**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, ...(deep ? [] : [deepFiles])],
  }

  /** Continuous integration counts the tests from this file (.ci/run). */
  const report = deep ? '.lectern/deep-test-report.json' : '.lectern/test-report.json'

  /** For what hangs, not for what is slow: a shared machine of two cores may take ten times as long as a quiet one. */
  const polling = { expect: { poll: { timeout: 30_000 } } }
  /** In continuous integration once more, on a machine that is not ours alone; its last lines name what needed it. */
  const retry = process.env.CI ? 1 : 0
  const patience = { testTimeout: deep ? 600_000 : 60_000, hookTimeout: 120_000, retry, ...polling }

  return {
    test: {
      reporters: process.env.CI ? ['default', ['json', { outputFile: report }]] : ['default'],
      passWithNoTests: deep,
      projects: [
        { test: { name: 'shared', ...files, ...patience, root: 'shared' } },
        {
          test: {
            name: 'api',
            ...files,
            ...patience,
            root: 'api',
            globalSetup: ['src/storage/test-postgres-setup.ts'],
          },
        },
        {
          plugins: [WxtVitest()],
          test: {
            name: 'extension',
            ...files,
            exclude: [...files.exclude, 'e2e/**'],
            ...patience,
            root: 'extension',
            // The fake browser speaks English.
            setupFiles: ['locales/testing/speak.ts'],
            env: { LECTERN_API_URL: 'http://localhost:8787' },
          },
        },
        {
          test: {
            name: 'e2e',
            ...files,
            ...patience,
            root: 'extension/e2e',
            globalSetup: ['../../api/src/storage/test-postgres-setup.ts'],
            // Browsers and builds share two cores: one journey at a time.
            fileParallelism: false,
            testTimeout: deep ? 600_000 : 120_000,
            hookTimeout: 240_000,
          },
        },
      ],
    },
  }
})
