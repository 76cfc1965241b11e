import { type ReactNode, useEffect, useState } from 'react'
import { StorageError } from '../storage/storage-error.ts'

/**
 * Says what the browser's storage refused, wherever on the page a change was made: each is made from a click whose
 * handler waits for it, so that a refusal is a rejection that nobody else handles.
 */
export function StorageNotice({ said }: { said?: string }): ReactNode {
  const [message, setMessage] = useState(said)
  useEffect(() => {
    const listen = (event: PromiseRejectionEvent) => {
      if (!(event.reason instanceof StorageError)) return
      event.preventDefault()
      setMessage(event.reason.failure.message)
    }
    addEventListener('unhandledrejection', listen)
    return () => removeEventListener('unhandledrejection', listen)
  }, [])
  return message === undefined ? null : (
    <p role="alert" className="card">
      {message}
    </p>
  )
}
