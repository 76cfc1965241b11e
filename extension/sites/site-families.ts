import { antora } from './families/antora.ts'
import { asciidoctor } from './families/asciidoctor.ts'
import { bookdown } from './families/bookdown.ts'
import { canvas } from './families/canvas.ts'
import { docbook } from './families/docbook.ts'
import { docsify } from './families/docsify.ts'
import { docusaurus } from './families/docusaurus.ts'
import { doxygen } from './families/doxygen.ts'
import { gitbook } from './families/gitbook.ts'
import { honkit } from './families/honkit.ts'
import { jupyter } from './families/jupyter.ts'
import { justTheDocs } from './families/just-the-docs.ts'
import { latexml } from './families/latexml.ts'
import { libretexts } from './families/libretexts.ts'
import { mdbook } from './families/mdbook.ts'
import { mediawiki } from './families/mediawiki.ts'
import { mkdocs } from './families/mkdocs.ts'
import { mkdocsMaterial } from './families/mkdocs-material.ts'
import { moodle } from './families/moodle.ts'
import { myst } from './families/myst.ts'
import { nextra } from './families/nextra.ts'
import { openstax } from './families/openstax.ts'
import { pressbooks } from './families/pressbooks.ts'
import { pretext } from './families/pretext.ts'
import { quarto } from './families/quarto.ts'
import { scribble } from './families/scribble.ts'
import { sphinx } from './families/sphinx.ts'
import { starlight } from './families/starlight.ts'
import { texinfo } from './families/texinfo.ts'
import { vitepress } from './families/vitepress.ts'
import { vuepress } from './families/vuepress.ts'
import type { SiteFamily } from './site-family.ts'

/** Every family, by name: their order means nothing. */
export const siteFamilies: readonly SiteFamily[] = [
  antora,
  asciidoctor,
  bookdown,
  canvas,
  docbook,
  docsify,
  docusaurus,
  doxygen,
  gitbook,
  honkit,
  jupyter,
  justTheDocs,
  latexml,
  libretexts,
  mdbook,
  mediawiki,
  mkdocs,
  mkdocsMaterial,
  moodle,
  myst,
  nextra,
  openstax,
  pressbooks,
  pretext,
  quarto,
  scribble,
  sphinx,
  starlight,
  texinfo,
  vitepress,
  vuepress,
]
