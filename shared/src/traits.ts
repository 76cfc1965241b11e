import { isProse } from './block-kinds.ts'
import type { SectionTraits } from './profile.ts'
import type { Section } from './sections.ts'

const AI_SUBJECTS =
  /\b(artificial intelligence|machine learning|deep learning|neural net(work)?s?|language models?|transformer models?|reinforcement learning|generative AI|chatbots?|word embeddings?|gradient descent|backpropagation|supervised learning|fine-?tuning|computer vision|prompt engineering)\b/i
/** Apart from the phrases, since in lower case some of these are words of other languages. */
const AI_ACRONYMS = /\b(AI|LLMs?|GPT|CNNs?|RNNs?|RAG)\b/

/** Every combination of traits: a section has exactly one of them, whoever asks. */
export const allTraits: readonly SectionTraits[] = [false, true].flatMap((has_code) =>
  [false, true].map((about_ai) => ({ has_code, about_ai })),
)

/** What a section is about, decided from what stands in its key alone (title, path and blocks). */
export function traitsOf(section: Section, title: string): SectionTraits {
  const prose = section.blocks.filter(isProse).map((block) => block.text)
  return {
    has_code:
      section.blocks.some((block) => block.kind === 'code') || prose.some((text) => /(?<!\\)`/.test(text)),
    about_ai: [title, ...section.path, ...prose].some(
      (text) => AI_SUBJECTS.test(text) || AI_ACRONYMS.test(text),
    ),
  }
}
