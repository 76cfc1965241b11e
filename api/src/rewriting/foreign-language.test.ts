import { languages, languageTags } from '@lectern/shared'
import { describe, expect, it } from 'vitest'
import { isForeign, wordsIn } from './foreign-language.ts'

/** One sentence of a lesson in each language of the table, with a term that stays in English where that is usual. */
const sentences: Record<keyof typeof languages, string> = {
  en: 'The derivative tells how fast a function changes at a point, and in which direction it goes.',
  ur: 'Derivative بتاتا ہے کہ کوئی function کسی نقطے پر کتنی تیزی سے بدلتا ہے اور کس سمت میں جاتا ہے۔',
  ar: 'تخبرنا المشتقة بمدى سرعة تغير الدالة عند نقطة ما، وفي أي اتجاه تسير هذه الدالة.',
  bn: 'অন্তরকলজ বলে দেয় একটি বিন্দুতে function কত দ্রুত বদলায় এবং কোন দিকে যায়।',
  zh: '导数说明函数在某一点变化得有多快，以及它朝哪个方向变化，这是微积分的核心。',
  fr: 'La dérivée indique à quelle vitesse une fonction change en un point, et dans quel sens elle va.',
  de: 'Die Ableitung sagt, wie schnell sich eine Funktion an einer Stelle ändert und in welche Richtung.',
  hi: 'अवकलज बताता है कि कोई function किसी बिंदु पर कितनी तेज़ी से बदलता है और किस दिशा में जाता है।',
  id: 'Turunan menyatakan seberapa cepat suatu fungsi berubah di sebuah titik, dan ke arah mana perubahannya.',
  ja: '導関数は、関数がある点でどれだけ速く変化するか、そしてどちらの向きに変化するかを表します。',
  ko: '도함수는 함수가 한 점에서 얼마나 빨리 변하는지, 그리고 어느 방향으로 변하는지를 알려 줍니다.',
  pt: 'A derivada diz com que rapidez uma função muda em um ponto, e também em que direção ela vai.',
  ru: 'Производная показывает, насколько быстро меняется функция в точке и в каком направлении.',
  es: 'La derivada dice con qué rapidez cambia una función en un punto, y también hacia dónde va.',
  tr: 'Türev, bir fonksiyonun bir noktada ne kadar hızlı değiştiğini ve hangi yöne gittiğini söyler.',
}

const scriptOf = (tag: keyof typeof languages) => languages[tag].scripts[0]

describe('a text', () => {
  it.each(languageTags)('in %s is not foreign to it, and is to the others of its script', (tag) => {
    const words = wordsIn(sentences[tag])
    const foreignTo = languageTags.filter(
      (other) => scriptOf(other) === scriptOf(tag) && isForeign(words, other),
    )
    const others = languageTags.filter((other) => scriptOf(other) === scriptOf(tag) && other !== tag)
    expect(foreignTo).toEqual(others)
  })

  it('that changes its language half way is foreign to the first one', () => {
    const both = wordsIn(`${sentences.en} ${sentences.en} ${sentences.de} ${sentences.de}`)
    expect([isForeign(both, 'en'), isForeign(both, 'de')]).toEqual([true, true])
  })

  it('of few words is of any language, and so is one whose language is not in the table', () => {
    expect(isForeign(wordsIn('La tasa de cambio'), 'en')).toBe(false)
    expect(isForeign(wordsIn(sentences.es), 'und')).toBe(false)
  })
})
