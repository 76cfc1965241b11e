const words =
  'A loop repeats a block of instructions, and in most languages it comes in more than one form: one that counts, one that waits.'

/** One section of a lesson as generators write it: about 2.3 kB and 75 elements. */
function section(i: number): string {
  return `<section id="s${i}"><h2>Section ${i}<a class="headerlink" href="#s${i}">¶</a></h2>
<p>${words} The call <code class="docutils literal"><span class="pre">range(${i})</span></code> gives <em>all</em> of them; see <a href="#s${i + 1}">the next section</a>.</p>
<p>${words} <strong>Remember</strong> that H<sub>2</sub>O is no number.</p>
<ul>${'<li><p>The list ends, and so does the loop; <code>break</code> ends it early.</p></li>'.repeat(3)}</ul>
<div class="highlight-python notranslate"><div class="highlight"><pre><span></span>${'<span class="k">for</span> <span class="n">name</span> <span class="ow">in</span> <span class="n">names</span><span class="p">:</span>\n    <span class="nb">print</span><span class="p">(</span><span class="n">name</span><span class="p">)</span>\n'.repeat(3)}</pre></div></div>
<table><thead><tr><th>Loop</th><th>Ends when</th></tr></thead><tbody><tr><td>for</td><td>the list ends</td></tr><tr><td>while</td><td>the test fails</td></tr></tbody></table>
<div class="admonition note"><p class="admonition-title">Note</p><p>${words}</p></div></section>`
}

function page(lesson: string, script = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Loops</title>
<style>body { font: 16px/1.5 serif } main { max-width: 700px } .note { background: #eee }</style></head>
<body><main><h1>Loops</h1>${lesson}</main>${script}</body></html>`
}

function sectionsUpTo(isEnough: (html: string, count: number) => boolean): string {
  const sections: string[] = []
  let length = 0
  while (!isEnough(sections.at(-1) ?? '', length)) {
    sections.push(section(sections.length))
    length += sections.at(-1)?.length ?? 0
  }
  return sections.join('\n')
}

/** A lesson of about this many bytes. */
export function pageOfBytes(bytes: number): string {
  return page(sectionsUpTo((_, length) => length >= bytes))
}

/** A lesson of about this many nodes. */
export function pageOfNodes(nodes: number): string {
  const each = 150
  return page(Array.from({ length: Math.ceil(nodes / each) }, (_, i) => section(i)).join('\n'))
}

/**
 * A lesson with elements within elements. Parsers stop at a depth of 512, scripts do not; Chromium 156 itself
 * crashes where as many boxes are nested, so these have none.
 */
export function pageOfDepth(depth: number): string {
  const script = `<style>.deep * { display: contents }</style><script>{
    let deepest = document.querySelector('.deep')
    for (let i = 0; i < ${depth}; i++) deepest = deepest.appendChild(document.createElement(i % 3 ? 'div' : 'span'))
    deepest.append(${JSON.stringify(words)})
  }</script>`
  return page(`${section(1).repeat(8)}<div class="deep"></div>`, script)
}

/** A lesson that changes every ten milliseconds. */
export function pageThatMutates(): string {
  const script = `<script>{
    const [counter] = document.querySelectorAll('main p')
    let count = 0
    setInterval(() => { counter.append(document.createElement('b')); counter.lastChild.textContent = ++count; if (count % 50 === 0) counter.replaceChildren('Again.') }, 10)
  }</script>`
  return page(
    sectionsUpTo((_, length) => length >= 100_000),
    script,
  )
}
