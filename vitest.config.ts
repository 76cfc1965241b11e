import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'shared', root: 'shared', include: ['src/**/*.test.ts'] } },
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
