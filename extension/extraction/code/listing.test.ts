// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { blockLines } from '../fixture-lesson.ts'

const code = 'def f(x):\n    return x\n\nf(1)'

it.each<[string, string]>([
  ['plain', `<pre><code>${code}\n</code></pre>`],
  [
    'Pygments with numbers and buttons',
    `<div class="highlight"><pre><span></span><button>Copy</button><code><span class="linenos">1</span>${code}</code></pre></div>`,
  ],
  [
    'Pygments as a table',
    `<table class="highlighttable"><tr><th class="filename" colspan="2">f.py</th></tr><tr><td class="linenos"><pre>1\n2</pre></td>` +
      `<td class="code"><div><pre>${code}</pre></div></td></tr></table>`,
  ],
  [
    'Docusaurus',
    '<pre><code><div class="token-line"><span>def f(x):</span><br></div><div class="token-line"><span>    return x</span><br></div>' +
      '<div class="token-line"><span style="display: inline-block"></span><br></div><div class="token-line"><span class="codeLineNumber_x">4</span>f(1)<br></div></code></pre>',
  ],
  [
    'Shiki',
    '<pre><code><span class="line">def f(x):</span>\n<span class="line">    return x</span>\n<span class="line"></span>\n<span class="line">f(1)</span></code></pre>',
  ],
  [
    'lines without ends between them',
    '<pre><code><div class="ec-line"><div>def f(x):</div></div><div class="ec-line"><div>    return x</div></div><div class="ec-line"><div></div></div><div class="ec-line"><div>f(1)</div></div></code></pre>',
  ],
  [
    'lines with their ends',
    '<pre><code><span class="highlight-line">def f(x):\n</span><span class="highlight-line">    return x\n</span><span class="highlight-line">\n</span><span class="highlight-line">f(1)\n</span></code></pre>',
  ],
  [
    'mdBook with hidden lines',
    `<pre><pre class="playground"><code><span class="boring">use x;\n</span>${code}</code></pre></pre>`,
  ],
  [
    'Hugo',
    `<div class="highlight"><table class="lntable"><tr><td class="lntd"><pre><code><span class="lnt">1\n</span></code></pre></td><td class="lntd"><pre><code>${code}</code></pre></td></tr></table></div>`,
  ],
  [
    'an editor in the page',
    '<div class="cm-editor"><div class="cm-gutters">1</div><div class="cm-content"><div class="cm-line">def f(x):</div><div class="cm-line">    return x</div><div class="cm-line"><br></div><div class="cm-line">f(1)</div></div></div>',
  ],
  [
    'Scribble',
    '<table class="RktBlk"><tr><td>def&nbsp;f(x):</td></tr>\n<tr><td><span>&nbsp;&nbsp;&nbsp;&nbsp;</span>return&nbsp;x</td></tr>\n<tr><td></td></tr>\n<tr><td>f(1)</td></tr></table>',
  ],
  [
    'LaTeXML',
    '<div class="ltx_listing"><div class="ltx_listingline">def f(x):</div>\n<div class="ltx_listingline">    return x</div>\n<div class="ltx_listingline"></div>\n<div class="ltx_listingline">f(1)</div></div>',
  ],
  ['line ends of Windows', `<pre>${code.replaceAll('\n', '\r\n')}</pre>`],
])('reads a listing exactly: %s', (_, html) => {
  expect(blockLines(html)).toEqual([`code: ${code}`])
})

it.each<[string, string, string]>([
  [
    'Sphinx',
    '<dt class="sig sig-object py" id="f">\n<em class="property"><span class="pre">class</span><span class="w"> </span></em><span class="sig-prename descclassname"><span class="pre">list.</span></span><span class="sig-name descname"><span class="pre">pop</span></span>' +
      '<span class="sig-paren">(</span><span class="optional">[</span><em class="sig-param"><span class="n">i</span></em><span class="optional">]</span><span class="sig-paren">)</span><a class="reference internal" href="_modules/x.html"><span class="viewcode-link">[source]</span></a><a class="headerlink" href="#f">¶</a></dt>',
    'class list.pop([i])',
  ],
  [
    'Sphinx with a line for each parameter',
    '<dt class="sig sig-object py"><span class="sig-name descname">f</span><span class="sig-paren">(</span>\n<dl>\n<dd><em class="sig-param">a</em>,</dd>\n<dd><em class="sig-param">b</em>,</dd>\n</dl>\n<span class="sig-paren">)</span></dt>',
    'f(\na,\nb,\n)',
  ],
  [
    'Sphinx before version 4',
    '<dt id="f">\n<code class="descname">open</code><span class="sig-paren">(</span><em>file</em><span class="sig-paren">)</span><a class="headerlink" href="#f">¶</a></dt>',
    'open(file)',
  ],
])('reads a signature as code: %s', (_, html, signature) => {
  expect(blockLines(`<dl>${html}<dd><p>Meaning.</p></dd></dl>`)).toEqual([
    `code: ${signature}`,
    'definition: Meaning.',
  ])
})

it.each<[string, string]>([
  ['<pre><code class="language-py">x</code></pre>', 'python'],
  ['<pre class="lang-JS"><code>x</code></pre>', 'javascript'],
  ['<div class="highlight-python3 notranslate"><div class="highlight"><pre>x</pre></div></div>', 'python'],
  ['<div class="highlight highlight-source-shell"><pre>x</pre></div>', 'bash'],
  ['<pre class="sourceCode r"><code class="sourceCode r">x</code></pre>', 'r'],
  ['<pre class="src src-c++">x</pre>', 'cpp'],
  ['<div class="mw-highlight mw-highlight-lang-rust"><pre>x</pre></div>', 'rust'],
  ['<pre class="brush: sql">x</pre>', 'sql'],
  ['<pre data-lang="yml"><code>x</code></pre>', 'yaml'],
  ['<pre class="python"><code>x</code></pre>', 'python'],
  ['<pre><code class="language-rust hljs" data-highlighted="yes">x</code></pre>', 'rust'],
  [
    '<pre><code class="language-console hljs language-shell" data-highlighted="yes">x</code></pre>',
    'console',
  ],
])('reads the language of %s', (html, language) => {
  expect(blockLines(html)).toEqual([`code (${language}): x`])
})

it.each([
  '<pre><code>x</code></pre>',
  '<div class="highlight-default"><pre>x</pre></div>',
  '<pre><code class="language-text">x</code></pre>',
  '<pre class="wide"><code>x</code></pre>',
  // What highlight.js guessed is not what the author wrote, and would change the lesson's hash.
  '<pre><code class="hljs language-bash" data-highlighted="yes">x</code></pre>',
  '<pre><code class="hljs bash">x</code></pre>',
])('reads no language of %s', (html) => {
  expect(blockLines(html)).toEqual(['code: x'])
})
