// @vitest-environment jsdom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it } from 'vitest'
import { storageError } from '../storage/storage-error.ts'
import { StorageNotice } from './storage-notice.tsx'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

function reject(reason: unknown): Event {
  const event = Object.assign(new Event('unhandledrejection', { cancelable: true }), { reason })
  act(() => void dispatchEvent(event))
  return event
}

it('says that storage is full, and leaves other failures to others', () => {
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  act(() => root.render(<StorageNotice />))
  expect(reject(new Error('a bug')).defaultPrevented).toBe(false)
  expect(container.textContent).toBe('')
  expect(reject(storageError(new Error('QUOTA_BYTES quota exceeded'))).defaultPrevented).toBe(true)
  expect(container.querySelector('[role=alert]')?.textContent).toMatch(/no room left/)
  act(() => root.unmount())
})
