import { expect, test } from 'vitest'
import { aJobOf, EDIT } from '../../support/pages/an-assistant.ts'
import { pageOf, textsOf } from '../../support/pages/html.ts'

const told = async (content: string | Buffer) => {
  const app = await aJobOf({ 'bill.csv': content })
  return textsOf(await pageOf(await app.get(`${EDIT}/file`)), '.found-line + .field-hint')
}

test('the file step tells what is a guess of how the file is read, as its journal will', async () => {
  const polish = Buffer.from('id;name\n1;\xa3\xf3d\xbc\n2;Za\xbf\xf3\xb3\xe6\n', 'latin1')
  expect(await told(polish)).toEqual([
    expect.stringMatching(
      /^The encoding of the file is a guess: iso-8859-2; it may also be windows-1252/,
    ),
  ])
  expect(await told('Sales of June\n\nid;name;paid\n1;Ana;2\n2;Eva;3\n')).toEqual([
    expect.stringMatching(/^The first 2 lines stand above the header and were skipped: /),
  ])
  expect(await told('')).toEqual(['The file bill.csv is empty: nothing was read.'])
  expect(await told('id;name\n1;Ana\n')).toEqual([])
})
