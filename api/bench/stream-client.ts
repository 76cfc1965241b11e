import { request } from 'node:http'

/** An event as it arrived: its name, the start of its data, and when, in milliseconds of performance.now(). */
export type Arrival = { name: string; section: number; block: number; at: number }

export type StreamResult = {
  arrivals: Arrival[]
  /** A lesson of which a block was restored came to its end, but is no rewrite that a figure may count. */
  ended: 'done' | 'restored' | 'failed' | 'broken' | 'left'
  endedAt: number
}

const PLACE = /^event: (\w+)\ndata: (?:\{"section":(\d+)(?:,"block":(\d+))?)?/

/**
 * Posts a lesson and notes when each event arrives; it reads no more of one than where it belongs. It leaves after
 * the first event named `until`.
 */
export function streamLesson(
  url: string,
  body: string,
  learner: string,
  until?: string,
): Promise<StreamResult> {
  const { promise, resolve, reject } = Promise.withResolvers<StreamResult>()
  const arrivals: Arrival[] = []
  let ended: StreamResult['ended'] = 'broken'
  const take = (event: string, at: number) => {
    const [, name = '', section, block] = PLACE.exec(event) ?? []
    if (name === 'done') ended = event.includes('"restored":0,') ? 'done' : 'restored'
    if (name === 'failed' && section === undefined) ended = name
    if (name !== '') arrivals.push({ name, section: Number(section), block: Number(block), at })
  }
  const headers = {
    'content-type': 'application/json',
    accept: 'text/event-stream',
    'x-user-id': learner,
    'content-length': Buffer.byteLength(body),
  }
  const asked = request(`${url}/api/personalize`, { method: 'POST', headers, agent: false }, (answer) => {
    let open = ''
    answer.setEncoding('utf8')
    const close = () => resolve({ arrivals, ended, endedAt: performance.now() })
    answer.on('data', (piece: string) => {
      const at = performance.now()
      const events = (open + piece).split('\n\n')
      open = events.pop() ?? ''
      for (const event of events) take(event, at)
      if (until === undefined || arrivals.every(({ name }) => name !== until)) return
      ended = 'left'
      close()
      asked.destroy()
    })
    answer.on('end', close)
    answer.on('error', reject)
  })
  asked.on('error', reject)
  asked.end(body)
  return promise
}
