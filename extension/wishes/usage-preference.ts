/**
 * The categories of use that a rewrite for a reader falls under, as labels:
 * - `ai-use`: input to a generative model (draft-ietf-aipref-vocab, 2026; "not directly provided by the user" leaves
 *   room, but who writes it wants no such use); its earlier drafts said `ai-output` and, for any machine, `bots`;
 * - `ai-input`: the same in Cloudflare's Content Signals (contentsignals.org, September 2025).
 * `train-ai`, `ai-train` and `search` are other uses: nothing is trained on lessons, nothing is indexed.
 */
const ourUses: readonly string[] = ['ai-use', 'ai-output', 'bots', 'ai-input']

/** What a preference such as `train-ai=n, ai-use=y` says of rewriting: against it, for it, or nothing. */
export function usagePreference(value: string): 'against' | 'for' | undefined {
  const said = value.split(',').flatMap((entry) => {
    const [label = '', preference = ''] = entry.trim().toLowerCase().split('=')
    if (!ourUses.includes(label.trim())) return []
    // Structured fields put parameters after a semicolon.
    return preference.replace(/;.*/, '').trim()
  })
  if (said.some((preference) => preference === 'n' || preference === 'no')) return 'against'
  return said.some((preference) => preference === 'y' || preference === 'yes') ? 'for' : undefined
}
