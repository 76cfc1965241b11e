import { expect, it } from 'vitest'
import type { RewriteStore } from './ports.ts'
import { shareReads } from './shared-reads.ts'

function gatedStore() {
  const asked: PromiseWithResolvers<{ rewrites: []; lessonStored: boolean }>[] = []
  const store = {
    find: (..._: Parameters<RewriteStore['find']>) => {
      const answer = Promise.withResolvers<{ rewrites: []; lessonStored: boolean }>()
      asked.push(answer)
      return answer.promise
    },
    saveLesson: () => Promise.resolve(),
  }
  return { asked, ...shareReads(store) }
}

const lesson = { hash: 'a', sections: ['b'] }

it('asks once for all who want the same at the same time, and again after that', async () => {
  const { asked, store } = gatedStore()
  const both = [store.find(lesson, ['p'], 'v'), store.find(lesson, ['p'], 'v')]
  void store.find(lesson, ['q'], 'v')
  expect(asked).toHaveLength(2)
  asked[0]?.resolve({ rewrites: [], lessonStored: true })
  expect(await Promise.all(both)).toEqual([
    { rewrites: [], lessonStored: true },
    { rewrites: [], lessonStored: true },
  ])
  void store.find(lesson, ['p'], 'v')
  expect(asked).toHaveLength(3)
})

it('shares no failure with whoever asks later, and no look from before a deletion', async () => {
  const { asked, store, forget } = gatedStore()
  const failing = store.find(lesson, ['p'], 'v')
  asked[0]?.reject(new Error('away'))
  await expect(failing).rejects.toThrow('away')
  void store.find(lesson, ['p'], 'v')
  forget()
  void store.find(lesson, ['p'], 'v')
  expect(asked).toHaveLength(3)
})

it('gives nobody another section: sections that are looked for by themselves have no lesson', async () => {
  const { asked, store } = gatedStore()
  void store.find({ hash: '', sections: ['a'] }, ['p'], 'v')
  void store.find({ hash: '', sections: ['b'] }, ['p'], 'v')
  void store.find({ hash: '', sections: ['a'] }, ['p'], 'v')
  expect(asked).toHaveLength(2)
})
