import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const mediawiki = {
  id: 'mediawiki',
  generator: /^MediaWiki/,
  // The title stands outside the text.
  lesson: ['#content'],
  others: '.ns-special, .ns-14, .ns-2, .ns-6, .ns-talk, .action-edit, .action-history, .page-Main_Page',
} as const satisfies SiteFamily

export const mediawikiFurniture = [
  '.mw-editsection',
  '.noprint',
  '#toc',
  '.toc',
  '#siteSub',
  '#contentSub',
  '.vector-page-toolbar',
  '.mw-portlet',
  '.mw-indicators',
  '.vector-dropdown',
  '.catlinks',
  '.printfooter',
  '.navbox',
  '#jump-to-nav',
  '.mw-jump-link',
  '.mw-empty-elt',
  '.vector-body-before-content',
  '.vertical-navbox',
  'table.sidebar',
  '.sistersitebox',
  '.shortdescription',
  '#coordinates',
  '.ambox',
] as const

export const mediawikiExamples = {
  lessons: ['https://en.wikibooks.org/wiki/Robotics/Kinematics'],
  others: ['https://en.wikibooks.org/wiki/Special:Search', 'https://en.wikibooks.org/wiki/Category:Robotics'],
} as const satisfies FamilyExamples
