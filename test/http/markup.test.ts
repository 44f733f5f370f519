import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import { expect, test } from 'vitest'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'
import { anApp } from '../support/pages/app.ts'
import { everyPage } from '../support/pages/every-page.ts'

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ['html-validate:recommended'],
    rules: {
      // How the renderer of the views writes what may be written either way.
      'attribute-boolean-style': 'off',
      'attribute-empty-style': 'off',
      'void-style': ['error', { style: 'selfclosing' }],
      // Without JavaScript there is no other way to keep a page in motion fresh.
      'meta-refresh': 'off',
      // A title names a job by its label, which is as long as its operator likes; tabs cut it.
      'long-title': 'off',
      // The boxes of a list are one answer, and so are the buttons that send it.
      'form-dup-name': ['error', { shared: ['checkbox', 'radio', 'submit', 'button'] }],
    },
  }),
)

test.each(LANGUAGES)(
  'every page is valid in "%s", and says in which language it is',
  async (language) => {
    const faults: string[] = []
    for (const { path, html, read } of await everyPage(await anApp())) {
      const report = await validator.validateString(await html(language))
      for (const { messages } of report.results) {
        faults.push(
          ...messages.map(
            ({ ruleId, message, selector }) => `${path}: ${ruleId}: ${message} ${selector ?? ''}`,
          ),
        )
      }
      expect((await read(language)).querySelector('html')?.getAttributeValue('lang')).toBe(language)
    }
    expect(faults).toEqual([])
  },
)

test('ids are unique in every page, and labels and captions name what they should', async () => {
  for (const { path, read } of await everyPage(await anApp())) {
    const page = await read()
    const ids = page.querySelectorAll('[id]').map(({ id }) => id)
    expect(new Set(ids).size, path).toBe(ids.length)
    expect(page.querySelectorAll('h1'), path).toHaveLength(1)
    expect(page.querySelector('title')?.textContent, path).toMatch(/ – Tallyman$/)
  }
})
