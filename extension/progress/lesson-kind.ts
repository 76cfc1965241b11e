import type { BookLesson } from './book-chapters.ts'

/** What a lesson is for, as far as its title tells. */
export type LessonKind = 'introduction' | 'setup' | 'practice' | 'theory' | 'reference' | 'other'

/** Words of titles and addresses, in the languages of the interface; the first kind that has one counts. */
const words: [LessonKind, RegExp][] = [
  [
    'setup',
    /install|set(?:ting)?[ -]?up|getting[ -]started|environment|prerequisite|hello[ ,-]+world|einrichte|instalaci|configuraci|primeros pasos|erste schritte|安装|环境|入门|تثبيت|تنصیب|إعداد/i,
  ],
  [
    'introduction',
    /\bintro(?:duction)?\b|preface|foreword|overview|welcome|what is this book|einführung|einleitung|vorwort|überblick|introducción|prefacio|prólogo|简介|介绍|前言|概述|مقدمة|تمهيد|تعارف|پیش لفظ/i,
  ],
  [
    'practice',
    /tutorial|exercise|project|\blabs?\b|hands[ -]on|practice|how[ -]to|worked example|case stud|workshop|quiz|problem set|\bbuild(?:ing)? an?\b|übung|aufgabe|praxis|projekt|ejercicio|práctica|proyecto|taller|练习|实验|项目|教程|实践|تمارين|تمرين|مشروع|تطبيق|مشق|منصوب/i,
  ],
  [
    'reference',
    /reference|appendix|\bapi\b|glossary|specification|cheat ?sheet|bibliograph|anhang|referenz|glossar|apéndice|referencia|附录|参考|术语|ملحق|مرجع|ضمیمہ|حوالہ/i,
  ],
  [
    'theory',
    /theor|proof|derivation|lemma|formal|semantics|foundation|principle|internals|beweis|herleitung|grundlagen|prinzip|teoría|teorema|demostración|fundamento|理论|证明|定理|原理|نظرية|برهان|مبادئ|نظریہ|ثبوت|اصول/i,
  ],
]

/** What a lesson is for, by its own title and the last part of its address, or else by its chapter's title. */
export function lessonKind({ title, url }: BookLesson, chapter: string | undefined): LessonKind {
  return kindOf(`${title} ${lastPart(url)}`) ?? kindOf(chapter ?? '') ?? 'other'
}

function kindOf(text: string): LessonKind | undefined {
  return words.find(([, pattern]) => pattern.test(text))?.[0]
}

function lastPart(url: string): string {
  return /([^/]*)\/?$/.exec(new URL(url).pathname)?.[1]?.replaceAll('-', ' ') ?? ''
}
