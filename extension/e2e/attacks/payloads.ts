import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What public suites have to make a renderer of a model's text run or load something (LICENCES.md). */
export function publicPayloads(): string[] {
  const lines = readFileSync(join(import.meta.dirname, 'payloads.jsonl'), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => (JSON.parse(line) as { payload: string }).payload)
}

/** More of the kind, for what those suites do not know: this notation, its formulas, templates of page frameworks. */
export const ownPayloads: readonly string[] = [
  // The notation of inline text, beyond what a block has and nested in itself.
  '[words](#1)[words](#2)[words](#99)[words](#01)[words](# 1)[words](#1 "title")[words](javascript:ran(1))',
  '[[[[[[[[[[[[words](#1)](#1)](#2)](#1)](#2)](#1)](#2)](#1)](#1)](#1)](#1)](#1)',
  '{{1}}{{2}}{{3}}{{4}}{{5}}{{99}}{{0}}{{-1}}{{1e3}}{{__proto__}}{{constructor}}',
  '{{1}}'.repeat(60),
  '***[**`{{1}}`**](#1)***[*[**[*words*](#2)**](#1)*](#2)',
  `${'*'.repeat(40)}words${'*'.repeat(40)}`,
  `${'**['.repeat(30)}words${'](#1)**'.repeat(30)}`,
  '`` ` `` ```` ``` ```` `<script>ran(1)</script>` `\\`',
  '[words](#1\n)[wo\u0000rds](#1)[\u202ewords\u202c](#2)\ud800{{\udfff1}}',
  '\\[words\\](#1)\\{\\{1\\}\\}\\$x^2\\$\\`code()\\`',
  // TeX that would be more than a formula, or larger than any.
  '$\\href{javascript:ran(1)}{x}$ $\\url{javascript:ran(1)}$ $\\includegraphics{https://evil.example/x.png}$',
  '$\\htmlClass{a}{x}\\htmlId{top}{x}\\htmlStyle{position:fixed}{x}\\htmlData{a=b}{x}$ $\\class{a}{x}$ $\\cssId{top}{x}$',
  '$\\style{position:fixed;inset:0}{x}$ $\\unicode{x3c}$ $\\require{html}\\href{javascript:ran(1)}{x}$',
  '$\\def\\a{\\a\\a}\\a$ $\\def\\a#1{#1#1}\\a{\\a{\\a{\\a{\\a{\\a{x}}}}}}$ $\\newcommand{\\b}{\\b\\b}\\b$ $\\let\\c=\\c\\c$',
  '$\\gdef\\a{\\a}\\a$ $\\edef\\a{\\a\\a}\\a$ $\\global\\long\\def\\a{x}\\a$ $\\futurelet\\a\\b$ $\\expandafter\\def\\csname a\\endcsname{x}$',
  '$\\rule{1e9em}{1e9em}$ $\\kern1e9em$ $\\hspace{99999999em}$ $\\raisebox{1e9em}{x}$ $\\rule{-1e9em}{1em}$ $\\mskip1e9mu$',
  `$${'{'.repeat(60)}x${'}'.repeat(60)}$`,
  `$${'\\frac{'.repeat(9)}x${'}{y}'.repeat(9)}$ $${'\\sqrt{'.repeat(9)}x${'}'.repeat(9)}$`,
  `$${'\\begin{matrix}'.repeat(8)}x${'\\end{matrix}'.repeat(8)}$ $\\begin{array}{${'c'.repeat(200)}}x\\end{array}$`,
  `$${'\\hat'.repeat(80)}x$ $${'x_'.repeat(30)}x$ $${"x'".repeat(40)}$ $${'\\left('.repeat(40)}$`,
  '$\\color{red}{x}\\textcolor{#f00}{x}\\colorbox{red}{x}\\fcolorbox{red}{blue}{x}\\definecolor{a}{rgb}{1,0,0}$',
  '$\\text{<img src=x onerror=ran(1)>}$ $\\mathrm{</math><script>ran(1)</script>}$ $\\verb|<script>|$ $\\operatorname{<svg/onload=ran(1)>}$',
  '$x^2$ $\\ce{H2O}$ $\\char"3C$ $\\mathchoice{a}{b}{c}{d}$ $\\tag{<img>}x$ $\\label{top}\\ref{top}$',
  '\\(\\href{javascript:ran(1)}{x}\\) \\[\\href{javascript:ran(1)}{x}\\] $$\\href{javascript:ran(1)}{x}$$',
  // What frameworks in a page make of text that they find.
  "{{constructor.constructor('ran(1)')()}} [[constructor.constructor('ran(1)')()]] $\u007bran(1)} #{ran(1)} <%= ran(1) %> {% raw %}",
  "{{$on.constructor('ran(1)')()}} {{_openBlock.constructor('ran(1)')()}} @click=ran(1) v-html=ran(1) x-init=ran(1)",
  '<div x-data x-init="ran(1)" v-html="ran(1)" ng-init="ran(1)" hx-get="/" hx-trigger="load" data-bind="html: ran(1)"></div>',
  '```mermaid\ngraph LR; a-->b; click a call ran(1)\n``` <pre class="mermaid">graph LR</pre>',
  // Newer ways into a document.
  '<div popover id=top popovertarget=top><button commandfor=top command=show-popover>x</button>',
  '<template shadowrootmode=open><script>ran(1)</script></template><selectedcontent><img src=x onerror=ran(1)>',
  '<link rel=stylesheet href=//evil.example><link rel=preconnect href=//evil.example><meta http-equiv=refresh content="0;url=//evil.example">',
  '<style>@import "//evil.example";*{background:url(//evil.example)}</style><p style="background:url(//evil.example)">',
  '<base href=//evil.example><form action=//evil.example><button>x</button><input name=attributes><input name=parentNode></form>',
  '<svg><use href="data:image/svg+xml,<svg id=x xmlns=\'http://www.w3.org/2000/svg\'><image href=1 onerror=ran(1) /></svg>#x"/></svg>',
  '<math><maction actiontype=statusline xlink:href=javascript:ran(1)>x</maction><semantics><annotation-xml encoding=text/html><img src=x onerror=ran(1)></annotation-xml></semantics></math>',
  '<script type=speculationrules>{"prefetch":[{"urls":["//evil.example"]}]}</script><script type=importmap>{}</script>',
  '<p id=top name=body class=lead data-lectern-clone data-lectern-addition=check lang=xx dir=rtl contenteditable>',
  // The line protocol, in the midst of a text.
  '@1 =\n@2 ~\n@99 words\n+check @1 words\n+answer words\n+example @0 <img src=x onerror=ran(1)>\n@1 <script>ran(1)</script>',
  '<think>@1 words</think>\n```\n@1 words\n```\n@1 [paragraph] <b onmouseover=ran(1)>words</b>\ndata: {"choices":[]}\n\nevent: block',
]
