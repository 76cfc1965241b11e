import type { Preferences, Sha256 } from '@lectern/shared'
import { arrivalsAtRate, arrivalsWithin, type Spacing } from './arrivals.ts'
import { type ComposedLesson, composeLesson, letters } from './compose-lesson.ts'
import type { Pair, Part, Plan, ScenarioName, Visit } from './plan.ts'
import { drawPreferences, oneProfile } from './population.ts'
import { type Random, seededRandom, weighted, zipf } from './seeded-random.ts'

export type PlanOptions = {
  scenario: ScenarioName
  learners: number
  /** Visits a second: of warm for each process, of class those to a stored lesson beside. */
  rate: number
  /** Seconds in which visits begin; of a class, those after its last one has come. */
  duration: number
  /** Seconds in which a class opens its lesson. */
  within: number
  oneProfile: boolean
  spacing: Spacing
  seed: number
  /** Address below which the lessons stand. */
  lessonsAt: string
}

/** Some 20 KB, as a page of a textbook is. */
const PAGE = 18
/** A short page, for runs of many lessons. */
const SHORT_PAGE = 6
const BOOK = 12
/** Of a book, these of 100 pairs of a lesson and a learner were read before the run. */
const READ_BEFORE = 70
/** A spike is so many times the rate, for the middle fifth of the time. */
const SPIKE = 10
/** Of 100 readers of a long run, so many close the page while it is being written. */
const LEAVING = 5
const LEAVING_MS = 5_000
/** So many of a class read another lesson beside, which is stored. */
const BESIDE = 20

/** What is going to happen in a scenario. Equal options give an equal plan. */
export function planScenario(sha256: Sha256, options: PlanOptions): Plan {
  const random = seededRandom(`${options.scenario} ${options.seed}`)
  const learners = Array.from({ length: options.learners }, () =>
    options.oneProfile ? oneProfile : drawPreferences(random),
  )
  const lessonOf = (name: string, sections: number, edited: readonly number[] = []): ComposedLesson =>
    composeLesson(sha256, {
      topic: `${name.replaceAll(/ ?\d/g, '')} ${letters(seededRandom(`${name} ${options.seed}`), 20)}`,
      sections,
      edited,
      url: `${options.lessonsAt}/${name.replaceAll(' ', '-')}`,
    })
  return {
    scenario: options.scenario,
    ...plans[options.scenario]({ ...options, random, people: learners, lessonOf }),
  }
}

type Making = Omit<PlanOptions, 'learners'> & {
  random: Random
  people: Preferences[]
  lessonOf: (name: string, sections: number, edited?: readonly number[]) => ComposedLesson
}
type Planned = Omit<Plan, 'scenario'>

const plans: Record<ScenarioName, (making: Making) => Planned> = {
  warm(making) {
    const { people, lessonOf, duration } = making
    const visits = anyone(making, arriving(making), 'cached', () => 0)
    return {
      lessons: [lessonOf('stored', PAGE)],
      learners: people,
      stored: everyone(people, 0),
      visits,
      seconds: duration,
    }
  },

  class(making) {
    const { random, people, lessonOf, within, duration, rate, spacing } = making
    const times = arrivalsWithin(random, people.length, within, spacing)
    const pupils = times.map((at, learner): Visit => ({ at, learner, lesson: 0, part: 'class' }))
    const seconds = within + duration
    const few = people.slice(0, BESIDE)
    const others = arrivalsAtRate(random, rate, seconds, spacing)
    const beside = anyone({ ...making, people: few }, others, 'cached', () => 1)
    return {
      lessons: [lessonOf('new', PAGE), lessonOf('stored', PAGE)],
      learners: people,
      stored: everyone(few, 1),
      visits: inOrder([...pupils, ...beside]),
      seconds,
    }
  },

  book: (making) => readBook(making, arriving(making), { lessons: BOOK, sections: PAGE }),

  edit(making) {
    const { people, lessonOf, duration } = making
    const half = (duration * 1000) / 2
    const visits = anyone(making, arriving(making), 'before', () => 0)
    return {
      lessons: [lessonOf('edited', PAGE), lessonOf('edited', PAGE, [Math.floor(PAGE / 2)])],
      learners: people,
      stored: everyone(people, 0),
      visits: visits.map((visit) => (visit.at < half ? visit : { ...visit, lesson: 1, part: 'after' })),
      seconds: duration,
    }
  },

  soak(making) {
    const plan = readBook(making, arriving(making), { lessons: 4 * BOOK, sections: SHORT_PAGE })
    const visits = plan.visits.map((visit): Visit => {
      const leaves = making.random() * 100 < LEAVING
      return leaves ? { ...visit, leaves: Math.round(making.random() * LEAVING_MS) } : visit
    })
    return { ...plan, visits }
  },

  spike(making) {
    const { random, duration, rate, spacing } = making
    const [from, to] = [duration * 400, duration * 600]
    const more = arrivalsAtRate(random, rate * (SPIKE - 1), duration / 5, spacing).map((at) => at + from)
    const times = [...arriving(making), ...more].toSorted((a, b) => a - b)
    const partOf = (at: number): Part => (at < from ? 'before' : at < to ? 'during' : 'after')
    const plan = readBook(making, times, { lessons: BOOK, sections: SHORT_PAGE })
    return { ...plan, visits: plan.visits.map((visit) => ({ ...visit, part: partOf(visit.at) })) }
  },
}

/** Learners read in a book of so many lessons, the first ones most; most of what they read was read before. */
function readBook(
  making: Making,
  times: readonly number[],
  { lessons: count, sections }: { lessons: number; sections: number },
): Planned {
  const { random, people, lessonOf, duration } = making
  const places = zipf(count)
  const visits = anyone(making, times, 'book', () => weighted(random, places))
  const pairs = new Map(visits.map(({ learner, lesson }) => [learner * count + lesson, { learner, lesson }]))
  return {
    lessons: Array.from({ length: count }, (_, i) => lessonOf(`chapter ${i + 1}`, sections)),
    learners: people,
    stored: [...pairs.values()].filter(() => random() * 100 < READ_BEFORE),
    visits,
    seconds: duration,
  }
}

function arriving({ random, rate, duration, spacing }: Making): number[] {
  return arrivalsAtRate(random, rate, duration, spacing)
}

/** Visits at these times, each by anyone. */
function anyone(
  { random, people }: Making,
  times: readonly number[],
  part: Part,
  lessonOf: () => number,
): Visit[] {
  return times.map((at) => ({ at, learner: Math.floor(random() * people.length), lesson: lessonOf(), part }))
}

function everyone(people: readonly Preferences[], lesson: number): Pair[] {
  return people.map((_, learner) => ({ learner, lesson }))
}

function inOrder(visits: Visit[]): Visit[] {
  return visits.toSorted((a, b) => a.at - b.at)
}
