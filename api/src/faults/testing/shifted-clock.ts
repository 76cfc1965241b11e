/**
 * For `node --import`: a process whose clock is wrong by CLOCK_SHIFT_MS milliseconds, as on a machine that nobody has
 * set. Timers go on as usual.
 */
const shift = Number(process.env.CLOCK_SHIFT_MS)
const Real = Date

globalThis.Date = class extends Real {
  constructor(...given: ConstructorParameters<typeof Date> | []) {
    if (given.length === 0) super(Real.now() + shift)
    else super(...(given as ConstructorParameters<typeof Date>))
  }

  static override now(): number {
    return Real.now() + shift
  }
} as DateConstructor
