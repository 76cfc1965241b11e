/** What the product knows of a language that a learner can choose. */
export type Language = {
  /** Its name in English. */
  name: string
  /** Its name in itself, as the learner looks for it. */
  native: string
  direction: 'ltr' | 'rtl'
  /** The Unicode scripts that its prose is written in. */
  scripts: readonly string[]
  /** The ISO 639-3 code that language detectors answer with. */
  detector: string
}

/** English and Urdu first, as the courses that this began with; then by English name. */
export const languages = {
  en: { name: 'English', native: 'English', direction: 'ltr', scripts: ['Latin'], detector: 'eng' },
  ur: { name: 'Urdu', native: 'اردو', direction: 'rtl', scripts: ['Arabic'], detector: 'urd' },
  ar: { name: 'Arabic', native: 'العربية', direction: 'rtl', scripts: ['Arabic'], detector: 'arb' },
  bn: { name: 'Bengali', native: 'বাংলা', direction: 'ltr', scripts: ['Bengali'], detector: 'ben' },
  zh: { name: 'Chinese', native: '中文', direction: 'ltr', scripts: ['Han'], detector: 'cmn' },
  fr: { name: 'French', native: 'Français', direction: 'ltr', scripts: ['Latin'], detector: 'fra' },
  de: { name: 'German', native: 'Deutsch', direction: 'ltr', scripts: ['Latin'], detector: 'deu' },
  hi: { name: 'Hindi', native: 'हिन्दी', direction: 'ltr', scripts: ['Devanagari'], detector: 'hin' },
  id: {
    name: 'Indonesian',
    native: 'Bahasa Indonesia',
    direction: 'ltr',
    scripts: ['Latin'],
    detector: 'ind',
  },
  ja: {
    name: 'Japanese',
    native: '日本語',
    direction: 'ltr',
    scripts: ['Han', 'Hiragana', 'Katakana'],
    detector: 'jpn',
  },
  ko: { name: 'Korean', native: '한국어', direction: 'ltr', scripts: ['Hangul'], detector: 'kor' },
  pt: { name: 'Portuguese', native: 'Português', direction: 'ltr', scripts: ['Latin'], detector: 'por' },
  ru: { name: 'Russian', native: 'Русский', direction: 'ltr', scripts: ['Cyrillic'], detector: 'rus' },
  es: { name: 'Spanish', native: 'Español', direction: 'ltr', scripts: ['Latin'], detector: 'spa' },
  tr: { name: 'Turkish', native: 'Türkçe', direction: 'ltr', scripts: ['Latin'], detector: 'tur' },
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
