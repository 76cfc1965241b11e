import { additionKinds, type Block, type GlossaryTerm, type ProseBlock, Site } from '@lectern/shared'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { sectionFacts } from './block-facts.ts'
import { siteTerms, termsOfSection } from './glossary.ts'
import type { RewriteTask } from './ports.ts'
import { sectionPrompt } from './section-prompt.ts'
import { validateBlock } from './validate-block.ts'

const glossary: GlossaryTerm[] = [
  { term: 'set' },
  { term: 'loss function', translations: { de: 'Verlustfunktion' } },
  { term: 'gradient' },
]
const source: ProseBlock = {
  kind: 'paragraph',
  text: 'Gradients of the *loss* function tell, at an offset, how the error of the model changes.',
}
const taskIn = (language: 'en' | 'de' | 'ur', blocks: Block[] = [source]): RewriteTask => ({
  title: 'Learning',
  language: 'en',
  section: { path: [], blocks },
  profile: { education_level: 'undergraduate', subject_background: 'none', language },
  site: { additions: additionKinds, glossary: siteTerms(glossary, language) },
  adjustment: 0,
  variant: 0,
})
const check = (text: string, language: 'en' | 'de' | 'ur') => {
  const facts = sectionFacts([source], [])
  const terms = termsOfSection(taskIn(language))
  const result = validateBlock(text, source, {
    facts,
    lessonLanguage: 'en',
    language,
    terms,
    secret: new Set(),
  })
  return result.ok ? 'ok' : result.fault
}

describe("a course's terms", () => {
  it('reach the prompt as quoted data where they stand in the section, and only there', () => {
    const prompt = (task: RewriteTask) => sectionPrompt(task)[1]?.content ?? ''
    expect(prompt(taskIn('en'))).toContain('kept as they are: "gradient", "loss function"\n')
    expect(prompt(taskIn('de'))).toContain('"gradient", "loss function" written as "Verlustfunktion"\n')
    expect(prompt(taskIn('en', [{ kind: 'paragraph', text: 'Another matter.' }]))).not.toContain(
      'Terms of the',
    )
  })

  it.each([
    ['en', 'How the error of the model changes, gradients of the loss function say.', 'ok'],
    ['en', 'How the error of the model changes is told by the slopes of the loss function.', 'term_missing'],
    ['de', 'Gradienten der Verlustfunktion sagen, wie sich der Fehler des Modells ändert.', 'ok'],
    ['de', 'Steigungen der Verlustfunktion sagen, wie sich der Fehler des Modells ändert.', 'term_missing'],
    ['de', 'Der gradient der loss function sagt, wie sich der Fehler des Modells ändert.', 'term_missing'],
    ['ur', 'Loss function کے gradients بتاتے ہیں کہ model کی غلطی کیسے بدلتی ہے۔', 'ok'],
  ] as const)('are looked for in a rewrite in %s: %s', (language, text, result) => {
    expect(check(text, language)).toBe(result)
  })

  it('are words alone: nothing in them can be an instruction in a line of its own', () => {
    const site = { id: 's', name: 'S', patterns: ['https://a.org/*'], policy: 'allow' }
    const accepts = (term: string) => Compile(Site).Check({ ...site, glossary: [{ term }] })
    expect(['loss function', 'k-means', '损失函数', 'ڈیٹا', 'x'.repeat(60)].map(accepts)).not.toContain(false)
    const refused = ['', ' a', 'a  b', 'a\nb', 'a"', '@1', '{{1}}', 'a.b', 'x'.repeat(61), 'a\u202eb', '<b>']
    expect(refused.map(accepts)).not.toContain(true)
  })
})
