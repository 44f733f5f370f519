import { decoded } from './html.ts'

/** After and before these, and no others, a text browser begins a line or a cell of its own. */
const BLOCKS = new Set(
  `address blockquote body br caption col colgroup dd div dl dt fieldset form h1 h2 h3 h4 h5 h6 hr
  legend li ol option p pre table tbody td tfoot th thead tr ul`.split(/\s+/),
)
const BOXES = new Set(['input', 'select', 'textarea'])
/** What is drawn, or is no part of the text. */
const UNREAD = /<(head|script|style|svg|select|textarea)\b([^>]*)>.*?<\/\1>/gs
const TOKEN = /<\/?([a-z][a-z0-9]*)\b([^>]*)>|[^<]+/g

/** What stands right beside the next word as one. */
const ENDS = /[\p{L}\p{N}:;,.!?)\]»”%]$/u
const BEGINS = /^[\p{L}\p{N}([«“¿¡]/u

/** Words of two elements that a text browser, and who copies them, has as one, both with what is around. */
export function gluedWords(html: string): string[] {
  const glued: string[] = []
  let before = ''
  let isBoundary = false
  for (const [token, tag, attributes = ''] of html.replace(UNREAD, readable).matchAll(TOKEN)) {
    if (tag === undefined || (BOXES.has(tag) && !attributes.includes('type="hidden"'))) {
      const text = tag === undefined ? decoded(token) : 'X'
      if (isBoundary && ENDS.test(before) && BEGINS.test(text)) {
        glued.push(`${before.slice(-30)}|${text.slice(0, 30)}`)
      }
      before = text
      // A box is an element of its own.
      isBoundary = tag !== undefined
    } else if (BLOCKS.has(tag)) {
      before = ''
    } else {
      isBoundary = true
    }
  }
  return glued
}

function readable(_: string, tag: string, attributes: string): string {
  return BOXES.has(tag) ? `<input ${attributes}>` : tag === 'svg' ? '<svg>' : ''
}
