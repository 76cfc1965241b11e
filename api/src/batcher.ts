type Waiting<Asked, Answer> = Pick<PromiseWithResolvers<Answer>, 'resolve' | 'reject'> & { asked: Asked }

/** More would make one statement too long for those who wait behind it. */
const MOST_AT_ONCE = 500

/** Asks one question at a time; what is asked meanwhile goes together with the next. */
export class Batcher<Asked, Answer> {
  readonly #answer: (asked: Asked[]) => Promise<Answer[]>
  readonly #waiting: Waiting<Asked, Answer>[] = []
  #isRunning = false

  /** `answer` gives an answer for each, in their order. */
  constructor(answer: (asked: Asked[]) => Promise<Answer[]>) {
    this.#answer = answer
  }

  ask(asked: Asked): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#waiting.push({ asked, resolve, reject })
    if (!this.#isRunning) {
      this.#isRunning = true
      queueMicrotask(() => void this.#run())
    }
    return promise
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_AT_ONCE)
      try {
        const answers = await this.#answer(batch.map(({ asked }) => asked))
        for (const [i, { resolve }] of batch.entries()) resolve(answers[i] as Answer)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    this.#isRunning = false
  }
}
