import { antoraFurniture } from './families/antora.ts'
import { asciidoctorFurniture } from './families/asciidoctor.ts'
import { bookdownFurniture } from './families/bookdown.ts'
import { canvasFurniture } from './families/canvas.ts'
import { docbookFurniture } from './families/docbook.ts'
import { docsifyFurniture } from './families/docsify.ts'
import { doxygenFurniture } from './families/doxygen.ts'
import { gitbookFurniture } from './families/gitbook.ts'
import { honkitFurniture } from './families/honkit.ts'
import { jupyterFurniture } from './families/jupyter.ts'
import { justTheDocsFurniture } from './families/just-the-docs.ts'
import { latexmlFurniture } from './families/latexml.ts'
import { libretextsFurniture } from './families/libretexts.ts'
import { mediawikiFurniture } from './families/mediawiki.ts'
import { mkdocsMaterialFurniture } from './families/mkdocs-material.ts'
import { moodleFurniture } from './families/moodle.ts'
import { mystFurniture } from './families/myst.ts'
import { nextraFurniture } from './families/nextra.ts'
import { openstaxFurniture } from './families/openstax.ts'
import { pressbooksFurniture } from './families/pressbooks.ts'
import { pretextFurniture } from './families/pretext.ts'
import { quartoFurniture } from './families/quarto.ts'
import { scribbleFurniture } from './families/scribble.ts'
import { sphinxFurniture } from './families/sphinx.ts'
import { starlightFurniture } from './families/starlight.ts'
import { texinfoFurniture } from './families/texinfo.ts'

/** By family; apart from the rules, since only a page that is a lesson needs it and the recognizer must stay small. */
const furniture: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['antora', antoraFurniture],
  ['asciidoctor', asciidoctorFurniture],
  ['bookdown', bookdownFurniture],
  ['canvas', canvasFurniture],
  ['docbook', docbookFurniture],
  ['docsify', docsifyFurniture],
  ['doxygen', doxygenFurniture],
  ['gitbook', gitbookFurniture],
  ['honkit', honkitFurniture],
  ['jupyter', jupyterFurniture],
  ['just-the-docs', justTheDocsFurniture],
  ['latexml', latexmlFurniture],
  ['libretexts', libretextsFurniture],
  ['mediawiki', mediawikiFurniture],
  ['mkdocs-material', mkdocsMaterialFurniture],
  ['moodle', moodleFurniture],
  ['myst', mystFurniture],
  ['nextra', nextraFurniture],
  ['openstax', openstaxFurniture],
  ['pressbooks', pressbooksFurniture],
  ['pretext', pretextFurniture],
  ['quarto', quartoFurniture],
  ['scribble', scribbleFurniture],
  ['sphinx', sphinxFurniture],
  ['starlight', starlightFurniture],
  ['texinfo', texinfoFurniture],
])

/** Selectors of what pages of a family have within their lesson's element that is not of the lesson. */
export function furnitureOf(family: string): readonly string[] {
  return furniture.get(family) ?? []
}
