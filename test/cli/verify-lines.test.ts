import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aStore } from '../support/a-store.ts'
import { expectAgreement, verified } from '../support/jobs/verified.ts'
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

test('no more empty lines than the files have, in whichever of them the job is', async () => {
  const { folder, store } = await aStore()
  const texts = ['id,name\n\n1,Ann\n2,Bob\n', '\nname;id\nCarl;3\n\n', '', 'id,name\n4,Dora']
  const names = texts.map((text, at) => {
    writeFileSync(path.join(folder, `${at}.csv`), text)
    return `${at}.csv`
  })
  const call = ['import', ...names, '--into', 'people', '--create']
  expect((await tallyman(folder, call)).code).toBe(0)
  await expectAgreement(store)
  const { empty } = await store.db
    .selectFrom('tallyman_job')
    .select('empty')
    .executeTakeFirstOrThrow()
  expect(empty).toBe(3)
  // The end of each file may be a line of its own.
  await sql`update tallyman_job set empty = ${empty + names.length + 1}`.execute(store.db)
  const { found } = await verified(store)
  expect(found.map(({ problem }) => problem)).toContainEqual(
    expect.objectContaining({ problem: 'too_many', counter: 'empty' }),
  )
})
