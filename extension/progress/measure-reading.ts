/** Without any input for so long, a learner is taken to be away. */
const IDLE = 60_000
/** How long a tab is looked at between two looks at the clock, and between two reports. */
const PACE = 15_000
const REPORT = 60_000
/** Less than this is not reported by itself: a page that was passed through. */
const LEAST = 5_000
/** Characters that nobody reads in a second, and the bounds of what a lesson asks for: who is faster only scrolled. */
const FASTEST = 72
const NEEDED = { least: 10_000, most: 120_000 } as const
/** How near to the window's lower edge a lesson's end is seen, in pixels. */
const NEAR = 80

const inputs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'scroll', 'touchmove'] as const

export type Reading = {
  /** For which the lesson was looked at since the last report, by a learner who was there. */
  seconds: number
  /** Its end was seen, after long enough. Once said, it is not said again. */
  finished: boolean
}

export type MeasureOptions = {
  /** The live element that holds the lesson; hidden while its clone, right before it, is shown. */
  root: Element
  report(reading: Reading): void
  /** Ends the measuring, after a last report. */
  signal: AbortSignal
}

/**
 * Measures how long a lesson is read: while its tab is visible and its learner gives a sign of life once a minute. In
 * a hidden tab and without the learner nothing runs. Reports about once a minute, and when the learner looks away.
 */
export function measureReading({ root, report, signal }: MeasureOptions): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** When the stretch that is being read began; nothing while nobody reads. */
  let since: number | undefined
  let lastInput = performance.now()
  let read = 0
  let reported = 0
  let sawEnd = false
  let finished = false

  function begin(): void {
    lastInput = performance.now()
    if (since !== undefined || document.visibilityState !== 'visible') return
    since = lastInput
    timer = setTimeout(look, PACE)
  }
  function count(): void {
    if (since === undefined) return
    const now = Math.min(performance.now(), lastInput + IDLE)
    read += Math.max(0, now - since)
    since = now
    sawEnd ||= isEndSeen(root)
  }
  function look(): void {
    count()
    const isAway = performance.now() - lastInput >= IDLE
    if (isAway) rest()
    else timer = setTimeout(look, PACE)
    tell(isAway ? LEAST : REPORT)
  }
  function rest(): void {
    clearTimeout(timer)
    count()
    since = undefined
  }
  function tell(least: number): void {
    const justFinished = !finished && sawEnd && read >= neededFor(root)
    if (!justFinished && read - reported < least) return
    const seconds = Math.round((read - reported) / 1000)
    reported += seconds * 1000
    finished ||= justFinished
    report({ seconds, finished: justFinished })
  }
  function lookAway(): void {
    if (document.visibilityState === 'visible') count()
    else rest()
    tell(LEAST)
  }

  const listen = { signal, passive: true, capture: true }
  for (const input of inputs) window.addEventListener(input, begin, listen)
  window.addEventListener('scrollend', count, listen)
  // The popup takes the focus, and tells what was read.
  window.addEventListener('blur', lookAway, { signal })
  document.addEventListener('visibilitychange', () => (document.hidden ? lookAway() : begin()), { signal })
  signal.addEventListener(
    'abort',
    () => {
      rest()
      tell(LEAST)
    },
    { once: true },
  )
  begin()
}

function isEndSeen(root: Element): boolean {
  const shown = root.getClientRects().length > 0 ? root : root.previousElementSibling
  const end = shown?.getBoundingClientRect().bottom ?? 0
  return end > 0 && end <= innerHeight + NEAR
}

function neededFor(root: Element): number {
  const time = (root.textContent.length / FASTEST) * 1000
  return Math.min(Math.max(time, NEEDED.least), NEEDED.most)
}
