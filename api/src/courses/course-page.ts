import { createHash } from 'node:crypto'
import type { Course } from '@lectern/shared'

const style = `
:root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif; }
body { max-inline-size: 34rem; margin: 15vh auto; padding: 0 1.25rem; }
h1 { font-size: 1.6rem; line-height: 1.25; text-wrap: balance; }
code { font-size: 1em; font-weight: 600; user-select: all; }
`

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A page for who opens a course link in a browser: what it is and what to do, in plain HTML without a script. */
export function coursePage({ name, code }: Course): string {
  const title = `<bdi lang="">${escaped(name)}</bdi>`
  return page(
    name,
    `<h1>${title}</h1>
<p>Lectern is a browser extension that shows each lesson of ${title} a second time, rewritten for you, with the
author’s own words one click away. Install Lectern in this browser, from where your course staff told you. Then paste
the address of this page, or type the code <code>${escaped(code)}</code>, where Lectern asks for your course.</p>`,
  )
}

/** The page for who opens a link of a course that is not there. */
export const noCoursePage = page(
  'No such course',
  `<h1>No such course</h1>
<p>There is no course at this address. Look at the link that you were given again, or ask your course staff for it.</p>`,
)

/** Nothing may be loaded or run; the one style is let through by its hash. */
export const coursePagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${escaped(title)} · Lectern</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
