import { fileURLToPath } from 'node:url'
import { defineConfig } from 'wxt'
import { manifest } from './extension/manifest.ts'
import { defaultApiUrl } from './extension/packaging/default-api-url.ts'
import { privacyPage } from './extension/packaging/privacy-page.ts'
import { withoutMarkup } from './extension/packaging/without-markup.ts'
import { withoutUnusedReact } from './extension/packaging/without-unused-react.ts'
import { withoutWrapper } from './extension/packaging/without-wrapper.ts'

const apiUrl = defaultApiUrl(process.env.LECTERN_API_URL)
const localhost = process.env.LECTERN_LOCALHOST === '1'

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  // The try-out variant has its folder, so that neither build overwrites the other.
  outDir: localhost ? '.output/try' : '.output',
  manifestVersion: 3,
  imports: false,
  // The second warns of `ur`, which the list of the Chrome Web Store lacks. Both browsers show it (e2e).
  modules: ['@wxt-dev/module-react', '@wxt-dev/i18n/module'],
  manifest: ({ browser }) => manifest({ browser, apiUrl, localhost }),
  vite: () => ({
    plugins: [privacyPage(), withoutMarkup(), withoutUnusedReact(), withoutWrapper()],
    resolve: {
      alias: {
        '@wxt-dev/browser': fileURLToPath(import.meta.resolve('./extension/messaging/own-browser.ts')),
      },
    },
    define: {
      'import.meta.env.LECTERN_API_URL': JSON.stringify(apiUrl),
      'import.meta.env.LECTERN_LOCALHOST': JSON.stringify(localhost),
      'import.meta.env.LECTERN_MARKS': JSON.stringify(process.env.LECTERN_MARKS === '1'),
    },
  }),
})
