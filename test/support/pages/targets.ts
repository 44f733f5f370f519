import type { Page } from 'playwright-core'

/** Of a link within a sentence the lines of text around it ask for no more (WCAG 2.5.8). */
const IN_SENTENCE = 24

/**
 * What is too small to hit: how far around its middle a press still reaches it, also by its label.
 * What others cover is no part of it; what stands within a sentence is in its lines.
 */
const small = (least: number, within: string) => `(() => {
  const targets = [...document.querySelectorAll(
    '${within} :is(a[href], button, input:not([type=hidden]), select, textarea, summary)')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => one.closest('.skip-link, .visually-hidden, svg') === null)
  const isWithin = (one) => one.matches('a') && [...one.parentElement.childNodes]
    .some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && /[\\p{L}\\p{N}]/u.test(data))
  const reach = (one, box, dx, dy) => {
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
    let steps = 0
    for (; steps < ${least}; steps++) {
      const hit = document.elementFromPoint(x + dx * steps, y + dy * steps)
      const label = hit?.closest('label')
      if (!one.contains(hit) && label?.control !== one) break
    }
    return steps
  }
  return targets.flatMap((one) => {
    one.scrollIntoView({ block: 'center', behavior: 'instant' })
    const box = [...one.getClientRects()].sort((a, b) => b.width - a.width)[0]
    const needed = isWithin(one) ? ${IN_SENTENCE} : ${least}
    const width = reach(one, box, 1, 0) + reach(one, box, -1, 0)
    const height = reach(one, box, 0, 1) + reach(one, box, 0, -1)
    const isLink = one.matches('a:not(.button)')
    return height < needed - 0.5 || width < (isLink ? ${IN_SENTENCE} : needed) - 0.5
      ? [(one.id || one.className || one.getAttribute('href') || one.name) + ' ' + width + ' x ' + height]
      : []
  })
})()`

export async function smallTargets(page: Page, least: number, within = 'body'): Promise<string[]> {
  return await page.evaluate<string[]>(small(least, within))
}
