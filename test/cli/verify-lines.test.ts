import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tallyman } from '../support/programs/in-process.ts'
import { tmpDir } from '../support/tmp.ts'

test('names that were given take no line: an empty line more than records is no fault', async () => {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'a.csv'), '\n1,Ann\n2,Bob')
  const call = ['import', 'a.csv', '--into', 'people', '--create', '--columns', 'id,name']
  expect((await tallyman(folder, call)).code).toBe(0)
  const { code, out, err } = await tallyman(folder, ['verify'])
  expect([code, out + err]).toEqual([0, expect.any(String)])
})
