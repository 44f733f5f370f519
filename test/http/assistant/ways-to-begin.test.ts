import { expect, test } from 'vitest'
import { anApp } from '../../support/pages/app.ts'
import { pageOf } from '../../support/pages/html.ts'

const linksOf = async (url: string) => {
  const main = (await pageOf(await (await anApp()).get(url))).querySelector('main')
  return (main?.querySelectorAll('a') ?? []).map((link) => link.getAttributeValue('href'))
}

test('a new job leads to the templates, unless it is made from one', async () => {
  for (const type of ['import', 'export']) {
    expect(await linksOf(`/jobs/new/${type}`)).toContain('/templates')
    expect(await linksOf(`/jobs/new/${type}?template=excel-${type}`)).not.toContain('/templates')
  }
})

test('an export of a database without tables leads to an import', async () => {
  expect(await linksOf('/jobs/new/export')).toContain('/jobs/new/import')
})
