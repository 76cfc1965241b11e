/** What the product knows of a language that a learner can choose. */
export type Language = {
  /** Its name in English. */
  name: string
  /** Its name in itself, as the learner looks for it. */
  native: string
  direction: 'ltr' | 'rtl'
  /** The Unicode scripts that its prose is written in. */
  scripts: readonly string[]
  /** The code under which the language identifier (eld) knows it. */
  detector: string
}

/** English and Urdu first, as the courses that this began with; then by English name. */
export const languages = {
  en: { name: 'English', native: 'English', direction: 'ltr', scripts: ['Latin'], detector: 'en' },
  ur: { name: 'Urdu', native: 'اردو', direction: 'rtl', scripts: ['Arabic'], detector: 'ur' },
  ar: { name: 'Arabic', native: 'العربية', direction: 'rtl', scripts: ['Arabic'], detector: 'ar' },
  bn: { name: 'Bengali', native: 'বাংলা', direction: 'ltr', scripts: ['Bengali'], detector: 'bn' },
  zh: { name: 'Chinese', native: '中文', direction: 'ltr', scripts: ['Han'], detector: 'zh' },
  fr: { name: 'French', native: 'Français', direction: 'ltr', scripts: ['Latin'], detector: 'fr' },
  de: { name: 'German', native: 'Deutsch', direction: 'ltr', scripts: ['Latin'], detector: 'de' },
  hi: { name: 'Hindi', native: 'हिन्दी', direction: 'ltr', scripts: ['Devanagari'], detector: 'hi' },
  id: {
    name: 'Indonesian',
    native: 'Bahasa Indonesia',
    direction: 'ltr',
    scripts: ['Latin'],
    // As Malay, of whose written form it differs less than two authors do.
    detector: 'ms',
  },
  ja: {
    name: 'Japanese',
    native: '日本語',
    direction: 'ltr',
    scripts: ['Han', 'Hiragana', 'Katakana'],
    detector: 'ja',
  },
  ko: { name: 'Korean', native: '한국어', direction: 'ltr', scripts: ['Hangul'], detector: 'ko' },
  pt: { name: 'Portuguese', native: 'Português', direction: 'ltr', scripts: ['Latin'], detector: 'pt' },
  ru: { name: 'Russian', native: 'Русский', direction: 'ltr', scripts: ['Cyrillic'], detector: 'ru' },
  es: { name: 'Spanish', native: 'Español', direction: 'ltr', scripts: ['Latin'], detector: 'es' },
  tr: { name: 'Turkish', native: 'Türkçe', direction: 'ltr', scripts: ['Latin'], detector: 'tr' },
} as const satisfies Record<string, Language>

export type LanguageTag = keyof typeof languages

export const languageTags = Object.keys(languages) as [LanguageTag, ...LanguageTag[]]

/** The primary subtag of a BCP 47 tag in lower case ("en-GB" → "en"); `und` for what is no tag. */
export function primaryLanguage(tag: string): string {
  return /^[a-z]{2,3}(?=$|[-_])/i.exec(tag.trim())?.[0].toLowerCase() ?? 'und'
}

/** The language of a tag, where the table has it. */
export function languageOf(tag: string): Language | undefined {
  const primary = primaryLanguage(tag)
  return Object.hasOwn(languages, primary) ? languages[primary as LanguageTag] : undefined
}

/** Whether a rewrite in the wanted language is a translation; not where nobody knows the lesson's language. */
export function isTranslation(lessonLanguage: string, wanted: string): boolean {
  return lessonLanguage !== 'und' && lessonLanguage !== wanted
}
