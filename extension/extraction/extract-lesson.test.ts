// @vitest-environment jsdom
import { cleanLines } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { extractLesson } from './extract-lesson.ts'
import { blockLines, fixtureDocument, fixtureLesson } from './fixture-lesson.ts'

describe('kinds of prose', () => {
  it.each<[string, string, string[]]>([
    [
      'headings and paragraphs',
      '<h1>A</h1><p>b</p><h3>C</h3>',
      ['heading1: A', 'paragraph: b', 'heading3: C'],
    ],
    ['a heading by its role', '<div role="heading" aria-level="2">A</div>', ['heading2: A']],
    [
      'text that stands beside blocks',
      '<div>one<p>two</p>three <b>four</b><ul><li>five</li></ul></div>',
      ['paragraph: one', 'paragraph: two', 'paragraph: three **four**', 'list_item: five'],
    ],
    [
      'nested lists, and what follows in an item',
      '<ul><li>a<ul><li>b</li></ul>c</li><li><p>d</p><p>e</p></li></ul>',
      ['list_item: a', 'list_item: b', 'paragraph: c', 'list_item: d', 'paragraph: e'],
    ],
    [
      'a definition list',
      '<dl><dt>Term</dt><dd>Meaning<pre>x = 1</pre></dd></dl>',
      ['definition: Term', 'definition: Meaning', 'code: x = 1'],
    ],
    [
      'a quotation with its source',
      '<blockquote><p>a</p><ul><li>b</li></ul><footer>C</footer></blockquote>',
      ['quote: a', 'list_item: b', 'quote: C'],
    ],
    [
      'paragraphs that two line breaks part',
      '<div>first<br>line<br> <br>second</div>',
      ['paragraph: first{{1}}line', 'paragraph: second'],
    ],
    [
      'blocks inside an inline element',
      '<a href="/x"><h2>A</h2><p>b</p></a>',
      ['heading2: A', 'paragraph: b'],
    ],
    [
      'the answers of a question',
      '<p>Which?</p><div><label><input type="radio">one</label><label><input type="radio">two</label></div>',
      ['paragraph: Which?', 'paragraph: one', 'paragraph: two'],
    ],
  ])('reads %s', (_, html, lines) => {
    expect(blockLines(html)).toEqual(lines)
  })

  it.each<[string, string]>([
    ['Sphinx, MkDocs', '<div class="admonition note"><p class="admonition-title">T</p><p>b</p></div>'],
    ['Docusaurus', '<div class="theme-admonition alert"><div class="h_x">T</div><div><p>b</p></div></div>'],
    ['VitePress', '<div class="tip custom-block"><p class="custom-block-title">T</p><p>b</p></div>'],
    ['GitHub', '<div class="markdown-alert"><p class="markdown-alert-title">T</p><p>b</p></div>'],
    ['DocBook', '<div class="warning"><h3 class="title">T</h3><p>b</p></div>'],
    ['OpenStax', '<div data-type="note"><header><h3 data-type="title">T</h3></header><p>b</p></div>'],
    ['LibreTexts', '<div class="box-example"><p class="boxtitle">T</p><p>b</p></div>'],
    [
      'Asciidoctor',
      '<div class="admonitionblock tip"><table><tr><td><div>T</div></td><td>b</td></tr></table></div>',
    ],
    ['an aside', '<aside><h4>T</h4><p>b</p></aside>'],
    ['a closed box', '<details><summary>T</summary><p>b</p></details>'],
  ])('reads a box and its title as %s sets it', (_, html) => {
    expect(blockLines(html)).toEqual(['admonition: T', 'admonition: b'])
  })

  it('leaves the headings of a box that is a section of the lesson', () => {
    expect(blockLines('<section class="note"><h2>A</h2><p>b</p><h3>C</h3></section>')).toEqual([
      'heading2: A',
      'admonition: b',
      'heading3: C',
    ])
  })
})

describe('tables and figures', () => {
  it('reads a table as rows, then its caption, then its cells that hold words', () => {
    const html =
      '<table><caption>Speeds</caption><tr><th>Time</th><th><span class="math">\\(v\\)</span></th></tr>' +
      '<tr><td>first <b>second</b></td><td>0.5</td></tr></table>'
    expect(blockLines(html)).toEqual([
      'table: Time | $v$\nfirst second | 0.5',
      'caption: Speeds',
      'cell: Time',
      'cell: first **second**',
    ])
  })

  it('gives a canonical text of each, as an upload must be', () => {
    const rows = '<tr><th>Name</th><th>Use</th></tr><tr><td>x</td><td></td></tr>'
    const long = `<pre>${'ab  \n'.repeat(40_000)}</pre>`
    const texts = fixtureLesson(`<table>${rows}</table>${long}`).blocks.map(({ block }) => block.text)
    expect(texts[0]).toBe('Name | Use\nx |')
    for (const text of texts) expect(cleanLines(text)).toBe(text)
  })

  it('offers no cells of a table that has more than 150 of them', () => {
    const rows = '<tr><td>some word</td><td>other word</td></tr>'
    const count = (n: number) => blockLines(`<table><caption>C</caption>${rows.repeat(n)}</table>`).length
    expect(count(75)).toBe(1 + 1 + 150)
    expect(count(76)).toBe(1 + 1)
  })

  it.each<[string, string, string[]]>([
    [
      'with a role',
      '<table role="presentation"><tr><td>a</td><td>b</td></tr></table>',
      ['paragraph: a', 'paragraph: b'],
    ],
    ['of one row', '<table><tr><td>a</td><td><p>b</p></td></tr></table>', ['paragraph: a', 'paragraph: b']],
    [
      'around a listing',
      '<table><tr><th>x</th></tr><tr><td><pre>y</pre></td></tr></table>',
      ['paragraph: x', 'code: y'],
    ],
  ])('takes a table %s for layout', (_, html, lines) => {
    expect(blockLines(html)).toEqual(lines)
  })

  it('reads a grid of roles as a table', () => {
    const html =
      '<div role="table"><div role="row"><div role="columnheader">Name</div><div role="columnheader">Use</div></div>' +
      '<div role="row"><div role="cell">bolt</div><div role="cell">holds</div></div></div>'
    expect(blockLines(html)[0]).toBe('table: Name | Use\nbolt | holds')
  })

  it.each<[string, string, string[]]>([
    [
      'a figure',
      '<figure><img alt="A press"><figcaption><span class="caption-number">Fig. 1 </span>By hand</figcaption></figure>',
      ['figure: A press', 'caption: By hand'],
    ],
    [
      'a figure of divs',
      '<div class="figure"><img alt="A"><p class="caption">B</p></div>',
      ['figure: A', 'caption: B'],
    ],
    ['an image alone', '<p><a href="/big.png"><img alt="A" src="a.png"></a></p>', ['image: A']],
    ['an image whose text is its path', '<p><img alt="../_images/arm.svg"></p>', ['image: ']],
    [
      'a figure around a listing',
      '<figure><pre>x</pre><figcaption>Listing 1: x</figcaption></figure>',
      ['code: x', 'caption: Listing 1: x'],
    ],
    ['an embed', '<iframe title="A talk" src="https://v.example/1"></iframe>', ['embed: A talk']],
    ['a drawing that a script makes', '<pre class="mermaid">graph TD</pre>', ['embed: ']],
  ])('reads %s', (_, html, lines) => {
    expect(blockLines(html)).toEqual(lines)
  })
})

describe('what is in no text', () => {
  it.each<[string, string]>([
    ['permalinks by class', '<h2>Words<a class="headerlink" href="#w">¶</a></h2>'],
    ['permalinks by glyph', '<h2>Words <a href="#w">§</a></h2>'],
    [
      'anchors with a sentence for screen readers',
      '<h2>Words</h2><a class="sl-anchor-link" href="#w">Section titled Words</a>',
    ],
    ['numbers beside the words', '<h2><span class="section-number">1.2. </span>Words</h2>'],
    ['copy buttons and icons', '<h2><svg></svg>Words<button>Copy</button></h2>'],
    ['anchors without text', '<h2><a id="w"></a>Words<a name="v"></a></h2>'],
    ['edit links', '<h2>Words<span class="mw-editsection">[edit]</span></h2>'],
    [
      'what a signed-in reader is shown',
      '<div class="activity-information">Done: View</div><h2>Words<a class="mt-edit-section" href="/edit">Edit</a></h2>',
    ],
    ['blanks beside a number', '<h2><span class="chapter-number">1</span>&nbsp; Words</h2>'],
    [
      'navigation, pagers and footers',
      '<h2>Words</h2><nav>a</nav><div class="pager">b</div><footer>c</footer>',
    ],
    ['hidden text', '<h2>Words</h2><p hidden>a</p><p style="display: none">b</p><p aria-hidden="true">c</p>'],
    ['invisible characters', '<h2>Wo\u200brds\u{e0041}\u{e0042}</h2>'],
    ['scripts, styles and comments', '<h2>Words<!-- a --></h2><script>b</script><style>c</style>'],
    ['labels of tabs', '<h2>Words</h2><ul role="tablist"><li role="tab">npm</li></ul>'],
    ['what the author marks', '<h2>Words</h2><p data-lectern="ignore">a</p>'],
  ])('leaves out %s', (_, html) => {
    expect(blockLines(html)).toEqual(['heading2: Words'])
  })

  it('leaves out what a selector names, and passes over what is none', () => {
    expect(blockLines('<p>a</p><p class="x">b</p>', { ignore: ['((', '.x'] })).toEqual(['paragraph: a'])
    expect(blockLines('<p>a</p><p class="x">b</p>', { furniture: ['.x'] })).toEqual(['paragraph: a'])
  })

  it('keeps a number that is all that a heading says', () => {
    expect(
      blockLines(
        '<h3 class="heading"><span class="type">Theorem</span> <span class="codenumber">2</span></h3>',
      ),
    ).toEqual(['heading3: Theorem 2'])
  })

  it('keeps the words of a heading that is a link to itself or a button', () => {
    expect(blockLines('<h2><a class="header" href="#w">Words</a></h2>')).toEqual(['heading2: Words'])
    expect(blockLines('<h2><button>Words</button></h2>')).toEqual(['heading2: Words'])
  })

  it('reads the panels of tabs and closed details, whichever is open', () => {
    const html =
      '<div role="tabpanel">a</div><div role="tabpanel" hidden>b</div>' +
      '<details><summary>c</summary><div style="display:none"><p>d</p></div></details>'
    expect(blockLines(html)).toEqual(['paragraph: a', 'paragraph: b', 'admonition: c', 'admonition: d'])
  })
})

describe('title and language', () => {
  it.each<[string, string]>([
    [
      '<title>Doc | Book</title><h1>The <em>first</em><a class="headerlink" href="#a">#</a></h1><h1>Second</h1>',
      'The first',
    ],
    ['<title>Data types - The Book</title><h2>Other</h2><p>x</p>', 'Data types'],
    ['<p>x</p>', ''],
  ])('takes the title from the first top heading, else from the document: %s', (html, title) => {
    expect(fixtureLesson(html).title).toBe(title)
  })

  it('takes the title that it is given', () => {
    expect(fixtureLesson('<h1>A</h1>', { title: ' B ' }).title).toBe('B')
  })

  it.each([
    ['<html lang="en-GB"><body><p>x</p>', 'en'],
    ['<html lang="en"><body lang="ur"><p>x</p>', 'ur'],
    ['<html lang=""><body><p>x</p>', 'und'],
    ['<p>x</p>', 'und'],
  ])('takes the language from the nearest element that says it: %s', (html, language) => {
    expect(fixtureLesson(html).language).toBe(language)
  })
})

it('marks what its author or course staff keep word for word, and nothing else', () => {
  const html =
    '<ul class="goals"><li>Name the joints</li></ul><p>a <b>b</b></p><div data-lectern="keep"><p>c</p></div><p>d</p>'
  const kept = (options?: object) =>
    fixtureLesson(html, options).blocks.map(({ block }) => 'keep' in block && block.keep === true)
  expect(kept()).toEqual([false, false, true, false])
  expect(kept({ keep: ['.goals', '}{'] })).toEqual([true, false, true, false])
})

it('reads only', () => {
  const document = fixtureDocument(
    '<h1>A</h1><p>b \\(x\\) <a href="#">c</a></p><table><tr><th>d</th></tr></table>',
  )
  const before = document.documentElement.outerHTML
  extractLesson(document.body)
  expect(document.documentElement.outerHTML).toBe(before)
})
