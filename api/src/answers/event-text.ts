import type { StreamEvent } from '@lectern/shared'

/** An event as it is sent: two lines and an empty one (HTML, 9.2.5 Parsing an event stream). */
export function eventText({ event, data }: StreamEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
