import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'shared', root: 'shared', include: ['src/**/*.test.ts'] } },
      {
        test: {
          name: 'api',
          root: 'api',
          include: ['**/*.test.ts'],
          globalSetup: ['src/storage/test-postgres-setup.ts'],
        },
      },
      {
        plugins: [WxtVitest()],
        test: {
          name: 'extension',
          root: 'extension',
          include: ['**/*.test.{ts,tsx}'],
          exclude: ['e2e/**', 'node_modules/**'],
          env: { LECTERN_API_URL: 'http://localhost:8787' },
        },
      },
    ],
  },
})
