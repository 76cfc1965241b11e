/** What sites and readers' own tools add to a page of a reader who is signed in; none of it is of the lesson. */
const besideHeadings = [
  // MediaWiki
  '<span class="mw-editsection"><span>[</span><a href="/w/index.php?action=edit&amp;section=2">edit</a><span>]</span></span>',
  // MindTouch, on which LibreTexts runs
  '<a class="mt-edit-section" href="/edit" title="Edit section">Edit section</a>',
  '<button type="button" class="bookmark" aria-pressed="false"><svg width="9" height="9"></svg><span>Bookmark</span></button>',
]
const besideTheLesson = [
  // Moodle
  '<div class="activity-information" data-region="activity-information"><div class="completion-info"><button>Mark as done</button>' +
    '<div class="automatic-completion-conditions"><span class="badge"><strong>Done:</strong> <span>View</span></span></div></div></div>',
  // Open edX
  '<div class="bookmark-button-wrapper"><button class="btn bookmark-button"><span>Bookmark this page</span></button><span>Bookmarked on 1 May</span></div>',
  // Runestone
  '<div id="scprogresscontainer">You have attempted <span>3</span> of <span>14</span> activities on this page</div>',
  // Annotator and its successors
  '<div class="annotator-adder" style="left: 9px"><button type="button">Annotate</button></div>',
  '<div role="dialog" aria-label="Your note"><p>Ask about this in class.</p><button type="button">Save</button></div>',
  '<div role="toolbar" class="highlight-popup"><button type="button">Highlight</button><span>Yellow</span></div>',
]
const highlights = [
  // Hypothesis, OpenStax, Annotator; then what a site's search marks
  '<hypothesis-highlight class="hypothesis-highlight"></hypothesis-highlight>',
  '<mark class="highlight yellow" data-highlight-id="1-a" data-timestamp="1790000000000"></mark>',
  '<span class="annotator-hl" data-annotation-id="7"></span>',
  '<mark data-markjs="true" class="search-match"></mark>',
]

/** Adds all of it to a lesson: beside each heading, to each item, around words of each paragraph, at both ends. */
export function furnish(lesson: Element): void {
  for (const heading of lesson.querySelectorAll('h1, h2, h3, h4')) heading.append(...besideHeadings.map(made))
  for (const item of lesson.querySelectorAll('li')) item.prepend(made('<input type="checkbox" title="Done">'))
  for (const [i, paragraph] of lesson.querySelectorAll('p').entries())
    highlight(paragraph, highlights[i % highlights.length] ?? '')
  lesson.prepend(...besideTheLesson.map(made))
  lesson.append(...besideTheLesson.map(made))
}

function made(html: string): Element {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  return document.importNode(body.firstElementChild as Element, true)
}

/** Puts a word of a paragraph's first text into an element, as every such tool does: by splitting the text node. */
function highlight(paragraph: Element, html: string): void {
  const text = [...paragraph.childNodes].find((node) => node instanceof Text && /\S+ \S+ \S/.test(node.data))
  const word = /\S+ (?=\S+ \S)/.exec(text?.nodeValue ?? '')
  // A formula that is not typeset yet would be broken for the page's own typesetter, too.
  if (!(text instanceof Text) || word === null || /[\\$]/.test(text.data)) return
  const second = text.splitText(word.index + word[0].length)
  const rest = second.splitText(second.data.indexOf(' '))
  const mark = made(html)
  mark.append(second)
  rest.before(mark)
}
