import { antoraExamples } from './families/antora.ts'
import { asciidoctorExamples } from './families/asciidoctor.ts'
import { bookdownExamples } from './families/bookdown.ts'
import { canvasExamples } from './families/canvas.ts'
import { docbookExamples } from './families/docbook.ts'
import { docsifyExamples } from './families/docsify.ts'
import { docusaurusExamples } from './families/docusaurus.ts'
import { doxygenExamples } from './families/doxygen.ts'
import { gitbookExamples } from './families/gitbook.ts'
import { honkitExamples } from './families/honkit.ts'
import { jupyterExamples } from './families/jupyter.ts'
import { justTheDocsExamples } from './families/just-the-docs.ts'
import { latexmlExamples } from './families/latexml.ts'
import { libretextsExamples } from './families/libretexts.ts'
import { mdbookExamples } from './families/mdbook.ts'
import { mediawikiExamples } from './families/mediawiki.ts'
import { mkdocsExamples } from './families/mkdocs.ts'
import { mkdocsMaterialExamples } from './families/mkdocs-material.ts'
import { moodleExamples } from './families/moodle.ts'
import { mystExamples } from './families/myst.ts'
import { nextraExamples } from './families/nextra.ts'
import { openstaxExamples } from './families/openstax.ts'
import { pressbooksExamples } from './families/pressbooks.ts'
import { pretextExamples } from './families/pretext.ts'
import { quartoExamples } from './families/quarto.ts'
import { scribbleExamples } from './families/scribble.ts'
import { sphinxExamples } from './families/sphinx.ts'
import { starlightExamples } from './families/starlight.ts'
import { texinfoExamples } from './families/texinfo.ts'
import { vitepressExamples } from './families/vitepress.ts'
import { vuepressExamples } from './families/vuepress.ts'
import type { FamilyExamples } from './site-family.ts'

/** The examples of every family; apart from the rules, since the pages' script must stay small. */
export const familyExamples: Readonly<Record<string, FamilyExamples>> = {
  antora: antoraExamples,
  asciidoctor: asciidoctorExamples,
  bookdown: bookdownExamples,
  canvas: canvasExamples,
  docbook: docbookExamples,
  docsify: docsifyExamples,
  docusaurus: docusaurusExamples,
  doxygen: doxygenExamples,
  gitbook: gitbookExamples,
  honkit: honkitExamples,
  jupyter: jupyterExamples,
  'just-the-docs': justTheDocsExamples,
  latexml: latexmlExamples,
  libretexts: libretextsExamples,
  mdbook: mdbookExamples,
  mediawiki: mediawikiExamples,
  mkdocs: mkdocsExamples,
  'mkdocs-material': mkdocsMaterialExamples,
  moodle: moodleExamples,
  myst: mystExamples,
  nextra: nextraExamples,
  openstax: openstaxExamples,
  pressbooks: pressbooksExamples,
  pretext: pretextExamples,
  quarto: quartoExamples,
  scribble: scribbleExamples,
  sphinx: sphinxExamples,
  starlight: starlightExamples,
  texinfo: texinfoExamples,
  vitepress: vitepressExamples,
  vuepress: vuepressExamples,
}
