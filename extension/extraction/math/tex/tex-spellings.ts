/** Commands that show nothing, or only say how large or how far apart something is set. */
export const SILENT = new Set(
  (
    ', : ; ! > ( ) [ ] displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag hline strut ' +
    'mathstrut thinspace medspace thickspace negthinspace enspace space phantom hphantom vphantom label tag hspace ' +
    'vspace color'
  ).split(' '),
)

/** Other names of a symbol, behind the one that stands for all. */
const NAMES = String.raw`
\neq \ne
\leq \le
\geq \ge
\to \rightarrow
\leftarrow \gets
\wedge \land
\vee \lor
\neg \lnot
\ni \owns
\ldots \dots \dotsc \dotso \cdots \dotsb \dotsm \dotsi
\{ \lbrace
\} \rbrace
[ \lbrack
] \rbrack
| \vert \lvert \rvert \mid
\| \Vert \lVert \rVert \parallel
< \lt
> \gt
' \prime
'' "
* \ast
: \colon
\emptyset \varnothing
\implies \Longrightarrow
\impliedby \Longleftarrow
\iff \Longleftrightarrow
\square \Box
\hbar \hslash
\leadsto \rightsquigarrow`
export const SYNONYMS: ReadonlyMap<string, string> = new Map(
  NAMES.split('\n').flatMap((line) => {
    const [name = '', ...others] = line.split(' ')
    return others.map((other) => [other, name] as const)
  }),
)

/** Other names of a command that takes parts. */
export const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['dfrac', 'frac'],
  ['tfrac', 'frac'],
  ['cfrac', 'frac'],
  ['dbinom', 'binom'],
  ['tbinom', 'binom'],
  ['widehat', 'hat'],
  ['widetilde', 'tilde'],
  ['overrightarrow', 'vec'],
  ['bm', 'boldsymbol'],
  ['pmb', 'boldsymbol'],
  ['mathscr', 'mathcal'],
  ['operatorname', 'mathrm'],
])
/** Commands that set letters in a font. */
export const FONTS = /^(?:mathrm|mathbf|mathbb|mathcal|mathfrak|mathsf|mathtt|boldsymbol)$/
/** Fonts that reach to the end of what stands in braces. */
export const SWITCHES: ReadonlyMap<string, string> = new Map([
  ['\\rm', 'mathrm'],
  ['\\bf', 'mathbf'],
  ['\\sf', 'mathsf'],
  ['\\tt', 'mathtt'],
  ['\\cal', 'mathcal'],
])
/** Commands that change how much room is left around something, not what is seen. */
export const PLAIN = /^(?:math(?:op|bin|rel|ord|open|close|punct|inner|it|normal)|boxed)$/

/** Delimiters in pairs, with the name of a table between them. */
export const FENCES = [
  ['(', ')', 'pmatrix'],
  ['[', ']', 'bmatrix'],
  ['\\{', '\\}', 'Bmatrix'],
  ['|', '|', 'vmatrix'],
  ['\\|', '\\|', 'Vmatrix'],
] as const
