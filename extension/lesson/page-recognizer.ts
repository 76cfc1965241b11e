import { type Recognition, recognize, type SiteRule } from '../sites/recognize.ts'
import { pageAddress } from './page-address.ts'
import { recognizeAnyway } from './recognize-anyway.ts'

/** Recognizes the page that the document shows, and takes the learner's word for one that is not recognized. */
export class PageRecognizer {
  readonly #site: SiteRule
  /** The page that the learner calls a lesson, until the document goes on to another one. */
  #insisted: string | undefined

  constructor(site: SiteRule) {
    this.#site = site
  }

  recognize(): Recognition {
    if (this.#insisted !== pageAddress()) this.#insisted = undefined
    const found = recognize(document, location.href, this.#site)
    return found.lesson || this.#insisted === undefined ? found : this.#recognizeAnyway()
  }

  /** The learner says that this page is a lesson: where it is; of a page without prose it cannot be said. */
  insist(): Recognition {
    const found = this.#recognizeAnyway()
    if (found.lesson) this.#insisted = pageAddress()
    return found
  }

  #recognizeAnyway(): Recognition {
    return recognizeAnyway(document, location.href, this.#site)
  }
}
