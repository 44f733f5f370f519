import { expect, test } from 'vitest'
import { fieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import { aFaultyImport } from '../../support/jobs/a-repair.ts'
import { anApp } from '../../support/pages/app.ts'

const fields = { name: fieldOptions.parse({ sensitive: true }) }
const TEXT = 'id,name,age\n1,Zacarías,31\n2,Wenceslao,many\n3,Eufemia,x,y\nz,Filomena,7\n'
const NAMES = /Zacar|Wences|Eufem|Filom/

test('no page, report or file of a job that ran tells a sensitive value', async () => {
  const app = await anApp()
  const id = await aFaultyImport(app.store, { fields }, Buffer.from(TEXT))
  for (const page of [
    '',
    '/report',
    '/journal',
    '/journal.txt',
    '/rejects',
    '/rejects/2',
    '/rejects/2/raw',
    '/rejects/3',
    '/rejects/export',
    '/rejects/export?for=repair',
    '/rejects/repair?code=TLY-3001&field=age',
  ]) {
    const answer = await app.get(`/jobs/${id}${page}`)
    const text = await answer.text()
    expect([page, answer.status, text.includes('Wenceslao')]).toEqual([page, 200, false])
    expect(text).not.toMatch(NAMES)
  }
  // It is the values of this field that are masked.
  expect(await (await app.get(`/jobs/${id}/rejects/2`)).text()).toContain('many')
})
