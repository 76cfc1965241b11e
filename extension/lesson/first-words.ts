/** So many words tell a block from its neighbours (characters). */
const MOST = 48

/** The first words of a block, to name it by. */
export function firstWords(text: string): string {
  if (text.length <= MOST) return text
  const cut = text.slice(0, MOST)
  const end = cut.lastIndexOf(' ')
  return `${cut.slice(0, end > MOST / 2 ? end : MOST)} …`
}
