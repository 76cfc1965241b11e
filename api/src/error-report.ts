/** What the logs hold of an error. */
export type ErrorReport = {
  type: string
  /** Type and code; not the error's own message. */
  message: string
  /** Frames alone. */
  stack: string
  cause?: ErrorReport
}

const MOST_CAUSES = 5
const FRAME = /^ {4}at .*:\d+:\d+\)?$/

/**
 * What of an error may be logged: its type, code and stack frames, and its causes. Never its message: drivers quote
 * parameters in it, parsers their input, model servers the key.
 */
export function errorReport(error: unknown, depth = 0): ErrorReport {
  if (!(error instanceof Error)) return { type: typeof error, message: 'thrown', stack: '' }
  const type = error.constructor.name
  const code = 'code' in error ? error.code : undefined
  const hasCause = error.cause !== undefined && depth < MOST_CAUSES
  return {
    type,
    message: typeof code === 'string' || typeof code === 'number' ? `${type} ${code}` : type,
    stack: framesOf(error),
    ...(hasCause && { cause: errorReport(error.cause, depth + 1) }),
  }
}

/** The message stands at the head of the stack and may have lines that look like frames. */
function framesOf({ stack = '', message }: Error): string {
  const at = stack.indexOf(message)
  const frames = at === -1 ? stack : stack.slice(at + message.length)
  return frames
    .split('\n')
    .filter((line) => FRAME.test(line))
    .join('\n')
}
