import { HtmlValidate, Parser, StaticConfigLoader, type HtmlElement } from 'html-validate'
import { expect } from 'vitest'

const config = new HtmlValidate(new StaticConfigLoader({})).getConfigForSync('page.html')

/** A page as its elements, to be asked by selectors. */
export function parse(html: string): HtmlElement {
  return new Parser(config).parseHtml(html)
}

/** A page that came as it should. */
export async function pageOf(response: Response, status = 200): Promise<HtmlElement> {
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8')
  return parse(await response.text())
}

/** What stands in the elements, without the space around. */
export function textsOf(page: HtmlElement, selector: string): string[] {
  return page.querySelectorAll(selector).map(textOf)
}

export function textOf(element: HtmlElement | null): string {
  return decoded(element?.textContent ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}

export function attributesOf(page: HtmlElement, name: string): string[] {
  return page
    .querySelectorAll(`[${name}]`)
    .map((element) => decoded(element.getAttributeValue(name) ?? ''))
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The five signs that views escape. */
export function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}
