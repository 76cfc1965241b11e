import 'fake-indexeddb/auto'
import { beforeEach } from 'vitest'
import { database } from '../database.ts'

// Node has no IndexedDB; the browser journeys run on the real one.
beforeEach(async () => {
  const db = await database()
  await Promise.all([db.clear('lessons'), db.clear('ledger')])
})
