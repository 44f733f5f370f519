import type { Locator, Page } from 'playwright-core'
import { consoleTexts, fill, type ConsoleTexts } from '../../../src/i18n/console.ts'
import { openPage, type Reader } from './browser.ts'
import { layoutFaults } from './layout.ts'

/** Who goes by what a page says in their language, and looks at each page that they come to. */
export type Newcomer = {
  page: Page
  text: ConsoleTexts
  /** How often they pressed, ticked or chose, besides choosing a file. */
  clicks: number
  /** What was wrong with the looks of the pages that they saw. */
  faults: string[]
  /** Presses a button or link by its words, which leads to another page. */
  press(name: string, within?: Locator): Promise<void>
  /** Chooses a file and uploads it, from the page where a new import begins. */
  upload(name: string, content: string | Buffer): Promise<void>
  choose(label: string, option: string): Promise<void>
  tick(label: string): Promise<void>
  look(): Promise<void>
}

export async function aNewcomer(url: string, reader: Reader = {}): Promise<Newcomer> {
  const page = await openPage(url, reader)
  const text = consoleTexts(reader.locale?.startsWith('es') ? 'es' : 'en')
  const faults: string[] = []
  const newcomer: Newcomer = {
    page,
    text,
    clicks: 0,
    faults,
    async look() {
      faults.push(...(await layoutFaults(page)).map((fault) => `${page.url()}: ${fault}`))
    },
    async press(name, within) {
      newcomer.clicks++
      const place = within ?? page.locator('main')
      const button = place.getByRole('button', { name, exact: true })
      const either = button.or(place.getByRole('link', { name, exact: true })).first()
      await Promise.all([page.waitForEvent('load'), either.click()])
      await newcomer.look()
    },
    async upload(name, content) {
      const buffer = typeof content === 'string' ? Buffer.from(content) : content
      const file = page.getByLabel(text.upload.file, { exact: true })
      await file.setInputFiles({ name, mimeType: 'text/csv', buffer })
      await newcomer.press(text.upload.send)
    },
    async choose(label, option) {
      newcomer.clicks++
      await page.getByLabel(label, { exact: true }).selectOption(option)
    },
    async tick(label) {
      newcomer.clicks++
      await page.getByLabel(label, { exact: true }).check()
    },
  }
  await newcomer.look()
  return newcomer
}

/** What stands in the choice of this label now. */
export async function chosen({ page }: Newcomer, label: string, name: string): Promise<string> {
  return await page.getByLabel(fill(label, { name }), { exact: true }).inputValue()
}
