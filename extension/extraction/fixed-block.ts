import { blockLimits, cleanLine, type FixedBlock, type FixedKind, shortLines } from '@lectern/shared'
import { listingText } from './code/listing.ts'
import { listingLanguage } from './code/listing-language.ts'
import type { ExtractedFixed } from './extracted-lesson.ts'
import { imageDescription, readInline } from './inline-content.ts'
import { plainWords } from './plain-words.ts'
import type { Role, Survey } from './survey.ts'
import { cellsOf, rowsOf } from './table.ts'

/** The block that an element is which is taken whole; none for what is empty. */
export function fixedBlockOf(element: Element, role: Role, survey: Survey): ExtractedFixed[] {
  switch (role) {
    case 'formula': {
      const formula = survey.formulaOf(element)
      return filled('math', formula?.tex ?? formula?.text ?? '', element)
    }
    case 'listing':
      return codeBlockOf(element)
    case 'table':
      return filled('table', tableText(element, survey), element)
    case 'figure':
      return [fixed('figure', figureText(element), element)]
    case 'embed':
      return [fixed('embed', embedText(element), element)]
    default:
      return []
  }
}

/** A listing as a block, with its language where the page names one. */
export function codeBlockOf(listing: Element): ExtractedFixed[] {
  const language = listingLanguage(listing)
  return filled('code', listingText(listing), listing).map(({ block, element }) => ({
    block: language === undefined ? block : { ...block, language },
    element,
  }))
}

export function fixed(kind: FixedKind, text: string, element: Element): ExtractedFixed {
  return { block: { kind, text: shortLines(text, blockLimits.fixed) } satisfies FixedBlock, element }
}

function filled(kind: FixedKind, text: string, element: Element): ExtractedFixed[] {
  return text === '' ? [] : [fixed(kind, text, element)]
}

function tableText(table: Element, survey: Survey): string {
  const rows = rowsOf(table).map((row) => cellsOf(row).map((cell) => cellText(cell, survey)))
  return rows
    .filter((cells) => cells.some((cell) => cell !== ''))
    .map((cells) => cells.join(' | '))
    .join('\n')
}

function cellText(cell: Element, survey: Survey): string {
  return plainWords(readInline(cell.childNodes, survey))
}

function figureText(figure: Element): string {
  const images = [...figure.querySelectorAll('img, svg, video, iframe, object, canvas')]
  const texts = images.map((image) =>
    /^(?:img|svg)$/.test(image.localName) ? imageDescription(image) : embedText(image),
  )
  return texts.filter((text) => text !== undefined && text !== '').join(' ')
}

/** Never a URL: where an embed comes from is not for the model, and must not change a lesson's hash. */
function embedText(embed: Element): string {
  return cleanLine(embed.getAttribute('title') ?? embed.getAttribute('aria-label') ?? '')
}
