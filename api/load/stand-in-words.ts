import { languages } from '@lectern/shared'

/** Words of each language of the table, in an order in which they could follow one another. */
const words: Record<keyof typeof languages, string> = {
  en: 'this lesson shows one way in which we see what happens and how it works here',
  ur: 'یہ سبق ایک طریقہ ہے جس میں ہم دیکھتے ہیں کہ کیا ہوتا ہے',
  ar: 'هذا درس طريقة نرى فيها كيف يعمل كل شيء هنا',
  bn: 'এই পাঠ একটি উপায় দেখায় যেখানে আমরা দেখি কী ঘটে এবং কেন',
  zh: '这个课程说明一种方法我们看到发生什么以及为什么',
  fr: 'cette leçon montre une manière dont nous voyons ce qui se passe et comment cela marche ici',
  de: 'diese Lektion zeigt eine Art wie wir sehen was hier geschieht und warum es so ist',
  hi: 'यह पाठ एक तरीका है जिसमें हम देखते हैं कि क्या होता है',
  id: 'pelajaran ini menunjukkan satu cara di mana kita melihat apa yang terjadi dan mengapa',
  ja: 'この授業では何が起こるかを見てその理由を説明します',
  ko: '이 수업은 우리가 무엇이 일어나는지 보는 한 가지 방법을 보여 줍니다',
  pt: 'esta lição mostra uma maneira em que nós vemos o que acontece aqui e por que não',
  ru: 'этот урок показывает один способ как мы видим что происходит и почему',
  es: 'esta lección muestra una manera en la que vemos lo que ocurre aquí y por qué',
  tr: 'bu ders bize burada ne olduğunu ve neden böyle olduğunu gösteren bir yol anlatır',
}

/** The words that the stand-in writes in a language, by its English name; where no blank parts words, two signs are one. */
export function standInWords(language: string): string[] {
  const tag = (Object.keys(languages) as (keyof typeof languages)[]).find(
    (one) => languages[one].name === language,
  )
  const text = words[tag ?? 'en']
  return text.includes(' ') ? text.split(' ') : (text.match(/.{1,2}/gu) ?? [])
}
