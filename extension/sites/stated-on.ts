const MARKS = 'meta[name=robots i], meta[name=tdm-reservation i], [rel~=license][href]'

/** What a page's marks and links say of its use, as written; the background knows what each means. */
export function statedOn(document: Document): string[] {
  return [...document.querySelectorAll(MARKS)]
    .slice(0, 20)
    .map((mark) =>
      `${mark.getAttribute('name') ?? 'license'}:${mark.getAttribute('content') ?? mark.getAttribute('href')}`.slice(
        0,
        300,
      ),
    )
}
