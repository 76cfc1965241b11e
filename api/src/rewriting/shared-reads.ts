import type { RewriteStore } from './ports.ts'

/**
 * The same store, asking once for all who upload the same lesson at the same time: a class of 500 asked for the
 * same rows 500 times. `forget` when rewrites were deleted: whoever asks then must not be given an older look.
 */
export function shareReads<Store extends Pick<RewriteStore, 'find' | 'saveLesson'>>(
  store: Store,
): { store: Store; forget: () => void } {
  const running = new Map<string, Promise<unknown>>()
  const share = <T>(name: string, ask: () => Promise<T>): Promise<T> => {
    const shared = running.get(name) as Promise<T> | undefined
    if (shared !== undefined) return shared
    const asked = ask()
    running.set(name, asked)
    const end = () => {
      if (running.get(name) === asked) running.delete(name)
    }
    asked.then(end, end)
    return asked
  }
  return {
    store: {
      ...store,
      find: (lesson, profiles, version) =>
        // A look for one section of whatever lesson has no lesson's hash: the sections tell such looks apart.
        share(`find ${lesson.hash} ${lesson.sections.join(' ')} ${profiles.join(' ')} ${version}`, () =>
          store.find(lesson, profiles, version),
        ),
      saveLesson: (lesson, sections) => share(`save ${lesson}`, () => store.saveLesson(lesson, sections)),
    },
    forget: () => running.clear(),
  }
}
