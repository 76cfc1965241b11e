import { EventEmitter } from 'node:events'
import { expect, it, vi } from 'vitest'
import { watchHeartbeat } from './heartbeat.ts'
import { Restarts } from './restarts.ts'

it('waits longer with each restart, and from the first again for one that had settled', () => {
  const restarts = new Restarts()
  const pauses = Array.from({ length: 7 }, () => restarts.pauseAfter(100))
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  expect(restarts.pauseAfter(61_000)).toBe(1000)
})

it('tells of a process that hangs, not of one that answers', () => {
  vi.useFakeTimers()
  const child = (answers: boolean) =>
    Object.assign(new EventEmitter(), {
      send(this: EventEmitter) {
        if (answers) this.emit('message', 'lectern:alive')
      },
    })
  const [onDead, onAlive] = [vi.fn(), vi.fn()]
  watchHeartbeat(child(false), onDead)
  const unwatch = watchHeartbeat(child(true), onAlive)
  vi.advanceTimersByTime(120_000)
  expect(onDead).toHaveBeenCalledOnce()
  expect(onAlive).not.toHaveBeenCalled()
  unwatch()
  vi.useRealTimers()
})
