/** Stands after a command until the formula is whole: a blank where a letter follows, else nothing. */
export const GAP = '\u0001'

/** Pairs of words as a map from the first to the second. */
function pairsOf(words: string): ReadonlyMap<string, string> {
  const pairs = words.match(/\S+\s+\S+/g) ?? []
  return new Map(pairs.map((pair) => pair.split(/\s+/) as [string, string]))
}

/** TeX for the characters that MathML writes symbols with; what is not here stands for itself. */
const COMMANDS = pairsOf(
  `α alpha β beta γ gamma δ delta ϵ epsilon ε varepsilon ζ zeta η eta θ theta ϑ vartheta ι iota
   κ kappa λ lambda μ mu ν nu ξ xi π pi ϖ varpi ρ rho ϱ varrho σ sigma ς varsigma τ tau υ upsilon
   ϕ phi φ varphi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon
   Φ Phi Ψ Psi Ω Omega ℓ ell ℏ hbar ı imath ȷ jmath ℜ Re ℑ Im ℘ wp ℵ aleph ∂ partial ∇ nabla ∞ infty
   ∅ emptyset ∀ forall ∃ exists ∄ nexists ¬ neg ⊤ top ⊥ bot ∠ angle △ triangle ♯ sharp ♭ flat
   ♮ natural ± pm ∓ mp × times ÷ div ⋅ cdot · cdot ∗ ast ⋆ star ∘ circ ∙ bullet ∩ cap ∪ cup ⊎ uplus
   ⊓ sqcap ⊔ sqcup ∨ vee ∧ wedge ∖ setminus ⊕ oplus ⊖ ominus ⊗ otimes ⊘ oslash ⊙ odot † dagger
   ‡ ddagger ≤ leq ≥ geq ≠ neq ≈ approx ≡ equiv ≅ cong ∼ sim ≃ simeq ∝ propto ≪ ll ≫ gg ≺ prec
   ≻ succ ⪯ preceq ⪰ succeq ≐ doteq ⊂ subset ⊃ supset ⊆ subseteq ⊇ supseteq ∈ in ∉ notin ∋ ni
   ⊢ vdash ⊣ dashv ⊨ models ∤ nmid ∥ parallel ⟂ perp → to ← leftarrow ↔ leftrightarrow ⇒ Rightarrow
   ⇐ Leftarrow ⇔ Leftrightarrow ↦ mapsto ⟶ longrightarrow ⟵ longleftarrow ⟹ implies ⟸ impliedby
   ⟺ iff ⟼ longmapsto ↪ hookrightarrow ↩ hookleftarrow ⇀ rightharpoonup ⇁ rightharpoondown
   ⇌ rightleftharpoons ⇋ leftrightharpoons ↑ uparrow ↓ downarrow ↕ updownarrow ⇑ Uparrow ⇓ Downarrow
   ↗ nearrow ↘ searrow ⇝ leadsto ∑ sum ∏ prod ∐ coprod ∫ int ∬ iint ∭ iiint ∮ oint ⋂ bigcap ⋃ bigcup
   ⨁ bigoplus ⨂ bigotimes ⋁ bigvee ⋀ bigwedge … ldots ⋯ cdots ⋮ vdots ⋱ ddots ⟨ langle ⟩ rangle
   ⌊ lfloor ⌋ rfloor ⌈ lceil ⌉ rceil ‖ | ∴ therefore ∵ because □ square ◻ square ■ blacksquare
   ∎ blacksquare √ surd ⋊ rtimes ⋉ ltimes ⊴ trianglelefteq ⊲ triangleleft ≔ coloneqq £ pounds`,
)

const LITERALS: ReadonlyMap<string, string> = new Map([
  ['−', '-'],
  ['′', "'"],
  ['″', "''"],
  ['‴', "'''"],
  ['∣', '|'],
  ['–', '-'],
  ['‐', '-'],
  ['\u00a0', '\\ '],
  ['\u2009', '\\,'],
  ['\u2003', `\\quad${GAP}`],
  ['"', "''"],
  ['{', '\\{'],
  ['}', '\\}'],
  ['%', '\\%'],
  ['#', '\\#'],
  ['&', '\\&'],
  ['$', '\\$'],
  ['_', '\\_'],
  ['\\', `\\backslash${GAP}`],
  ['~', `\\sim${GAP}`],
  ['^', '\\hat{}'],
  ['ˆ', '\\hat{}'],
  ['\u2061', ''],
  ['\u2062', ''],
  ['\u2063', ''],
  ['\u2064', ''],
])

/** Letters of the mathematical alphabets, by the command that writes them: first code point of A to Z, then a to z. */
const ALPHABETS: readonly (readonly [command: string, capital: number, small: number])[] = [
  ['mathbf', 0x1d400, 0x1d41a],
  ['', 0x1d434, 0x1d44e],
  ['boldsymbol', 0x1d468, 0x1d482],
  ['mathcal', 0x1d49c, 0x1d4b6],
  ['mathfrak', 0x1d504, 0x1d51e],
  ['mathbb', 0x1d538, 0x1d552],
  ['mathsf', 0x1d5a0, 0x1d5ba],
  ['mathtt', 0x1d670, 0x1d68a],
]

/** Letters that Unicode had before the alphabets. */
const EARLIER = pairsOf(
  String.raw`ℎ h ℂ \mathbb{C} ℍ \mathbb{H} ℕ \mathbb{N} ℙ \mathbb{P} ℚ \mathbb{Q} ℝ \mathbb{R} ℤ \mathbb{Z}
   ℬ \mathcal{B} ℰ \mathcal{E} ℱ \mathcal{F} ℋ \mathcal{H} ℐ \mathcal{I} ℒ \mathcal{L} ℳ \mathcal{M}
   ℛ \mathcal{R} ℯ e ℊ g ℴ o`,
)

/** The TeX of one character of a MathML token. */
export function texOfCharacter(character: string): string {
  const command = COMMANDS.get(character)
  if (command !== undefined) return command === '|' ? '\\|' : `\\${command}${GAP}`
  return (
    LITERALS.get(character) ??
    EARLIER.get(character) ??
    texOfAlphabet(character.codePointAt(0) ?? 0) ??
    character
  )
}

function texOfAlphabet(code: number): string | undefined {
  for (const [command, capital, small] of ALPHABETS) {
    const letter = letterOf(code, capital, 'A') ?? letterOf(code, small, 'a')
    if (letter !== undefined) return command === '' ? letter : `\\${command}{${letter}}`
  }
  return undefined
}

function letterOf(code: number, first: number, a: string): string | undefined {
  const offset = code - first
  return offset >= 0 && offset < 26 ? String.fromCharCode((a.codePointAt(0) ?? 0) + offset) : undefined
}

const NAMES: ReadonlySet<string> = new Set(COMMANDS.values())

/** Whether a command is a symbol that takes nothing. */
export function isSymbolName(name: string): boolean {
  return NAMES.has(name) || FUNCTIONS.has(name)
}

/** Accents by the character that MathML sets over (or under) its base. */
export const ACCENTS = pairsOf(
  `^ hat ˆ hat ~ tilde ˜ tilde ¯ bar ‾ overline → vec ⃗ vec ˙ dot ¨ ddot ˇ check ˘ breve ´ acute
   \` grave ⏞ overbrace ⏟ underbrace _ underline ― overline ← overleftarrow ↔ overleftrightarrow`,
)

/** Function names that TeX has a command for. */
export const FUNCTIONS = new Set(
  (
    'arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log ' +
    'max min Pr sec sin sinh sup tan tanh'
  ).split(' '),
)
