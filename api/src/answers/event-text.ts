import type { StreamEvent } from '@lectern/shared'

/** By the event itself: all who follow the same rewrite are given the same ones. */
const written = new WeakMap<StreamEvent, string>()

/** An event as it is sent: two lines and an empty one (HTML, 9.2.5 Parsing an event stream). */
export function eventText(event: StreamEvent): string {
  const known = written.get(event)
  if (known !== undefined) return known
  const text = `event: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n`
  written.set(event, text)
  return text
}
