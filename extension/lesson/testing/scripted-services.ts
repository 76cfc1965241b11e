import type { LessonServices, Report, Wanted } from '../lesson-services.ts'
import { ScriptedStream } from './scripted-stream.ts'

/** Services whose answers a test writes, and what they were asked. */
export class ScriptedServices implements LessonServices {
  readonly streams: ScriptedStream[] = []
  readonly wanted: Wanted[] = []
  readonly reports: Report[] = []
  readonly changes: object[] = []
  readonly opened: string[] = []
  kept: Awaited<ReturnType<LessonServices['settings']>> = {
    allowed: true,
    start_personalized: false,
    adjustment: 0,
    variant: 0,
  }

  personalize(_: unknown, wanted: Wanted): ScriptedStream {
    const stream = new ScriptedStream()
    this.streams.push(stream)
    this.wanted.push(wanted)
    return stream
  }

  settings = async () => this.kept

  changeSettings = async (change: object) => this.changes.push(change)

  report = async (_: unknown, report: Report) => {
    this.reports.push(report)
    return { ok: true as const }
  }

  openOnboarding = () => void this.opened.push('onboarding')

  openLedger = () => void this.opened.push('ledger')
}
