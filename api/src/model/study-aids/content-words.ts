import { parseInline, walkInline } from '@lectern/shared'

const STOP_WORDS = new Set(
  (
    'able about above according across actually after again against all almost along already also although always among ' +
    'another any anybody anything are around away back because been before being below best better between both but call ' +
    'called came can cannot case cases come could different does doing done down during each easily either else enough ' +
    'even ever every everybody everything example exactly far few find first follow following follows for from further ' +
    'gets give given gives goes going good great had happens has have having help here how however important into its ' +
    'itself just keep kind know known large larger last later least less let like likely line little long longer look ' +
    'looks made make makes making many may maybe mean means might more most much must near need needs never new next ' +
    'nobody none not nothing now number often old once one only onto open other others our out over own part parts people ' +
    'perhaps place possible put quite rather really reason right same say says second see seen several should show shown shows ' +
    'simple simply since small smaller some somebody something sometimes soon still such sure take takes tell than that ' +
    'the their them then there these they thing things think this those though three through thus time times together too ' +
    'took toward two under until upon use used useful uses using usually value very want wants was way ways well went were ' +
    'what when where whether which while who whole whose why will with within without word words work works would write ' +
    'year years yet you your'
  ).split(' '),
)

const SHORTEST = 4

/** The words of an inline text that carry its meaning, in lower case and singular, without code and formulas. */
export function contentWords(text: string): string[] {
  const words = [...walkInline(parseInline(text))].flatMap((inline) =>
    inline.type === 'text' ? (inline.text.match(/\p{L}[\p{L}'’-]*/gu) ?? []) : [],
  )
  return words
    .map((word) => word.toLowerCase())
    .filter(carriesMeaning)
    .map(singular)
}

/** Whether a word says something by itself. */
export function carriesMeaning(word: string): boolean {
  const lower = word.toLowerCase()
  return word.length >= SHORTEST && !STOP_WORDS.has(lower) && !STOP_WORDS.has(singular(lower))
}

function singular(word: string): string {
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word
}

/** How often each content word occurs in these texts. */
export function wordCounts(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of texts.flatMap(contentWords)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
