/** Heard by all contexts of the extension, as what it tells of is kept for all of them. */
const name = 'lectern-database'

/** Tells those who show something of the database that it is not what they read. */
export function tellOfDatabaseChange(): void {
  const channel = new BroadcastChannel(name)
  channel.postMessage(null)
  channel.close()
}

/** Calls `onChange` after each change of the database, in whichever context, until the function that it gives is called. */
export function followDatabase(onChange: () => void): () => void {
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', onChange)
  return () => channel.close()
}
