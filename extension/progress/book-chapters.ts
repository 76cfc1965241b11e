import type { OutlineEntry } from './book-outline.ts'
import { lessonAddress } from './lesson-address.ts'

/** A page of a book, with the name that its progress is kept under. */
export type BookLesson = { title: string; url: string; address: string }

/** Lessons under one title; without one where the book has no chapters, or lessons beside them. */
export type Chapter = { title?: string; lessons: BookLesson[] }

/** A book's lessons by its chapters, in the order of the book; a single title over all of it is not a chapter. */
export function bookChapters(entries: readonly OutlineEntry[]): Chapter[] {
  const roots = groupsOf(entries)
  const [only] = roots
  if (roots.length === 1 && only !== undefined && only.length > 1) {
    const [root, ...below] = only
    const inner = bookChapters(below)
    if (inner.length > 1) return root?.url === undefined ? inner : [{ lessons: lessonsOf([root]) }, ...inner]
  }
  return roots.reduce<Chapter[]>((chapters, group) => {
    const [root] = group
    const last = chapters.at(-1)
    const lessons = lessonsOf(group)
    if (group.length > 1 && root !== undefined) chapters.push({ title: root.title, lessons })
    else if (last !== undefined && last.title === undefined) last.lessons.push(...lessons)
    else chapters.push({ lessons })
    return chapters
  }, [])
}

/** The entries of the least level, each with those below it. */
function groupsOf(entries: readonly OutlineEntry[]): OutlineEntry[][] {
  const top = Math.min(...entries.map(({ level }) => level))
  return entries.reduce<OutlineEntry[][]>((groups, entry) => {
    if (entry.level === top || groups.length === 0) groups.push([entry])
    else groups.at(-1)?.push(entry)
    return groups
  }, [])
}

function lessonsOf(entries: readonly OutlineEntry[]): BookLesson[] {
  return entries.flatMap(({ title, url }) => {
    const address = url === undefined ? undefined : lessonAddress(url)
    return url === undefined || address === undefined ? [] : [{ title, url, address }]
  })
}
