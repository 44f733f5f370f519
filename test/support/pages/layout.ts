import type { Page } from 'playwright-core'

/** How high a button is, by a mouse and by a finger; what stands within a sentence, as WCAG 2.5.8 asks for. */
const TARGET = `(matchMedia('(pointer: coarse)').matches ? 44 : 36)`
const IN_TEXT = 24

/** What sticks out of the window, as whoever reads it must scroll sideways. */
const WIDE = `document.documentElement.scrollWidth > innerWidth
  ? ['the page is ' + document.documentElement.scrollWidth + ' px wide'] : []`

/** What is reached by scrolling sideways alone; a chart is a drawing, and may. */
const AT_THE_SIDE = `
  [...document.querySelectorAll('main *')]
    .filter((one) => one.scrollWidth > one.clientWidth && one.className !== 'chart-frame')
    .filter((one) => getComputedStyle(one).overflowX === 'auto')
    .map((one) => one.className + ' scrolls sideways')`

/** Words in less room than two letters take. */
const SQUEEZED = `
  [...document.querySelectorAll('main *:not(.visually-hidden)')]
    .filter(({ childNodes }) => [...childNodes]
      .some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim().length > 3))
    .filter((one) => {
      const { width } = one.getBoundingClientRect()
      return width > 0 && width < 1.5 * parseFloat(getComputedStyle(one).fontSize)
    })
    .map(({ textContent }) => 'squeezed: ' + textContent)`

/** Words that stick out of their cell, into the next one. */
const CUT = `
  [...document.querySelectorAll('main :is(td, th)')]
    .filter((one) => one.scrollWidth > one.clientWidth)
    .map(({ textContent }) => 'cut: ' + textContent)`

/** A box is also ticked by its label; the runs of a chart are in the list as well. */
const SMALL = `
  [...document.querySelectorAll('a:not(.run), button, input:not([type=hidden]), select, textarea, summary')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => {
      const boxes = [one, ...(one.labels ?? [])].map((each) => each.getBoundingClientRect())
      const isButton = one.matches(
        'button, .button, .input, summary, .page-head nav a, .tabs a, .filter > a, .more li > *')
      return [one, boxes, isButton ? ${TARGET} : ${IN_TEXT}]
    })
    .filter(([, boxes, least]) => boxes.every(
      ({ width, height }) => width < ${IN_TEXT} - 0.1 || height < least - 0.1))
    .map(([one, [{ width, height }]]) => 'small: ' + (one.id || one.outerHTML) + ' ' + width + ' x ' + height)`

/**
 * Words and boxes that lie upon others; what is pinned to the window may. A line of text is as high
 * as its letters: the box around them is the font's choice, and lies upon the next line in many.
 */
const UPON_EACH_OTHER = `(() => {
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true })
    && one.closest('.visually-hidden, .skip-link, .bulk, option, noscript') === null
  const clipped = (one, box) => {
    let { left, top, right, bottom } = box
    for (let up = one; up !== null; up = up.parentElement) {
      const { overflowX, overflowY, clipPath } = getComputedStyle(up)
      if (clipPath !== 'none') return { width: 0, height: 0 }
      if (overflowX === 'visible' && overflowY === 'visible') continue
      const frame = up.getBoundingClientRect()
      left = Math.max(left, frame.left), right = Math.min(right, frame.right)
      top = Math.max(top, frame.top), bottom = Math.min(bottom, frame.bottom)
    }
    return { left, top, right, bottom, width: right - left, height: bottom - top }
  }
  const lettersOf = (text, { left, right, top, height }) => {
    const letters = Math.min(height, parseFloat(getComputedStyle(text).fontSize))
    const from = top + (height - letters) / 2
    return { left, right, top: from, bottom: from + letters }
  }
  const things = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text; (text = texts.nextNode()) !== null;) {
    if (text.data.trim() === '' || !isSeen(text.parentElement)) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    for (const box of range.getClientRects())
      things.push([clipped(text.parentElement, lettersOf(text.parentElement, box)), text.data.trim().slice(0, 40)])
  }
  for (const one of document.querySelectorAll('input:not([type=hidden]), select, textarea, svg[class]'))
    if (isSeen(one)) things.push([clipped(one, one.getBoundingClientRect()), one.id || one.getAttribute('class')])
  const seen = things.filter(([{ width, height }]) => width > 1 && height > 1)
    .sort(([one], [other]) => one.top - other.top)
  return seen.flatMap(([box, name], at) => {
    const faults = []
    for (const [other, otherName] of seen.slice(at + 1)) {
      if (other.top > box.bottom) break
      const width = Math.min(box.right, other.right) - Math.max(box.left, other.left)
      const height = Math.min(box.bottom, other.bottom) - other.top
      if (width > 2 && height > 4) faults.push('upon each other: ' + name + ' | ' + otherName)
    }
    return faults
  })
})()`

/** What is wrong at any width, in any size of text. */
const LAYOUT_FAULTS = `[...${WIDE}, ...${SQUEEZED}, ...${SMALL}, ...${UPON_EACH_OTHER}]`
/** Besides, where text has its usual size. */
export const USUAL_FAULTS = `[...${LAYOUT_FAULTS}, ...${AT_THE_SIDE}, ...${CUT}]`

/** What is wrong with a page as it stands, with text of its usual size and of twice that size. */
export async function layoutFaults(page: Page): Promise<string[]> {
  const usual = await page.evaluate<string[]>(USUAL_FAULTS)
  await page.evaluate(`document.documentElement.style.fontSize = '200%'`)
  const large = await page.evaluate<string[]>(LAYOUT_FAULTS)
  await page.evaluate(`document.documentElement.style.fontSize = ''`)
  return [...usual, ...large.map((fault) => `in text of twice the size: ${fault}`)]
}
