/**
 * The processor time of a call in milliseconds, for tests that what it costs is bounded: other programs on a busy
 * machine do not count.
 */
export function processorTime(call: () => unknown): number {
  const before = process.cpuUsage()
  call()
  return process.cpuUsage(before).user / 1000
}
