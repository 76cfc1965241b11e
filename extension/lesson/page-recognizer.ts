import type { Recognition, SiteRule } from '../sites/recognize.ts'
import { pageAddress } from './page-address.ts'
import { recognizeAnyway } from './recognize-anyway.ts'

type PageRules = SiteRule & { on_request?: boolean }

/**
 * Recognizes the page that the document shows, and takes the learner's word for one that is not recognized. On a site
 * whose lessons are shown on request alone, a page is one once the learner has asked for it.
 */
export class PageRecognizer {
  readonly #site: PageRules
  readonly #look: () => Recognition
  /** The page that the learner calls a lesson, until the document goes on to another one. */
  #insisted: string | undefined

  /** @param look recognizes the page as it is now, by what is said of its site */
  constructor(site: PageRules, look: () => Recognition) {
    this.#site = site
    this.#look = look
  }

  recognize(): Recognition {
    if (this.#insisted !== pageAddress()) this.#insisted = undefined
    if (this.#site.on_request && this.#insisted === undefined) return { lesson: false, reason: 'no_lesson' }
    const found = this.#look()
    return found.lesson || this.#insisted === undefined ? found : this.#recognizeAnyway()
  }

  /** The learner wants this page's lesson: where it is; a page without prose has none. */
  insist(): Recognition {
    const usual: Recognition = this.#site.on_request ? this.#look() : { lesson: false, reason: 'no_lesson' }
    const found = usual.lesson ? usual : this.#recognizeAnyway()
    if (found.lesson) this.#insisted = pageAddress()
    return found
  }

  #recognizeAnyway(): Recognition {
    return recognizeAnyway(document, location.href, this.#site)
  }
}
