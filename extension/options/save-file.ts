/** Hands a text to the browser as a download. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  // The download has begun by then; without this its text would stay in memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
