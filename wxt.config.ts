import { defineConfig } from 'wxt'
import { manifest } from './extension/manifest.ts'

const apiUrl = (process.env.LECTERN_API_URL || 'http://localhost:8787').replace(/\/+$/, '')
const localhost = process.env.LECTERN_LOCALHOST === '1'

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  // The try-out variant has its folder, so that neither build overwrites the other.
  outDir: localhost ? '.output/try' : '.output',
  manifestVersion: 3,
  imports: false,
  modules: ['@wxt-dev/module-react', '@wxt-dev/i18n/module'],
  manifest: ({ browser }) => manifest({ browser, apiUrl, localhost }),
  vite: () => ({
    define: {
      'import.meta.env.LECTERN_API_URL': JSON.stringify(apiUrl),
      'import.meta.env.LECTERN_LOCALHOST': JSON.stringify(localhost),
    },
  }),
})
