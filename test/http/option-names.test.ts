import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { anApp } from '../support/pages/app.ts'
import { anImportedFile } from '../support/pipeline/an-imported-file.ts'
import { pageOf, textOf } from '../support/pages/html.ts'

const TITLED = 'People --encoding of May\n\nid,name,age\n1,Ann,30\n2,Bo,31\n3,Cy,32\n'
const FLAG = /--(?:header-lines|skip|columns|no-header)\b/

test.each([
  ['en', 'If the header is the first line: "Lines of the header" 1.'],
  ['es', 'Si el encabezado es la primera línea: «Líneas del encabezado» 1.'],
])('an entry names on a page the field of the form, in "%s"', async (language, sentence) => {
  const app = await anApp()
  const id = await anImportedFile(app, TITLED)
  const headers = { 'accept-language': language }
  for (const tab of ['', '/journal', '/report']) {
    const page = await pageOf(await app.get(`/jobs/${id}${tab}`, headers))
    const told = textOf(page.querySelector('main'))
    expect(told, tab).toContain(sentence)
    // What stands in the file stays as it is.
    expect(told, tab).toContain('--encoding of May')
    expect(told, tab).not.toMatch(FLAG)
  }
  const text = await (await app.get(`/jobs/${id}/journal.txt`, headers)).text()
  expect(text).toContain('--header-lines 1')
})

test.each([
  ['en', '"The first line names the columns" without its tick', '"Lines of the header" 1'],
  ['es', '«La primera línea nombra las columnas» sin marcar', '«Líneas del encabezado» 1'],
])('a form that refuses a file names its own fields, in "%s"', async (language, ...names) => {
  const app = await anApp()
  writeFileSync(path.join(app.folder, 'bare.csv'), '1,Ann,30\n2,Bo,31\n3,Cy,32\n')
  const headers = { 'sec-fetch-site': 'same-origin', 'accept-language': language }
  const form: [string, string][] = [
    ['otherFile', 'bare.csv'],
    ['table', 'bare'],
    ['create', 'yes'],
    ['header', 'yes'],
  ]
  const page = await pageOf(await app.post('/jobs/new/import', form, headers), 422)
  const fault = textOf(page.querySelector('#job-form'))
  for (const name of names) expect(fault).toContain(name)
  expect(fault).not.toMatch(FLAG)
})
