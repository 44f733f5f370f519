import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tallyman } from '../support/programs/in-process.ts'
import { expectLines, UNSEEN } from '../support/hostile-text.ts'
import { tmpDir } from '../support/tmp.ts'

const FORGED = 'x\n2026-01-31T10:00:00.000Z  Error        TLY-9010  The disk is full.'
/** What the operating system takes as an argument. */
const TYPED = UNSEEN.replaceAll('\0', '').replace(/\p{Cs}/gu, '')

test('a name with a line end in a header makes no line of its own in the journal', async () => {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'forged.csv'), `id,"${FORGED}"\n1,a\n`)
  const made = await tallyman(folder, ['import', 'forged.csv', '--into', 't', '--create'])
  expect(made.code).toBe(0)
  const { out } = await tallyman(folder, ['jobs', 'journal', '1'])
  expectLines(out)
  expect(out).toContain('x\u240a2026-01-31T10:00:00.000Z')
  expect(out.split('\n').filter((line) => line.startsWith('2026-01-31'))).toEqual([])
})

test('no label, name or value makes a line of its own on a terminal, or in JSON', async () => {
  const folder = tmpDir()
  const file = `${TYPED.replaceAll(' ', '')}.csv`
  writeFileSync(path.join(folder, file), `id,"${TYPED}"\n1,a\n"${TYPED}",b\n"2,"x,y\n`)
  const run = async (...args: string[]) => {
    const { out, err } = await tallyman(folder, args)
    expectLines(err)
    return out
  }
  const table = `t${TYPED}`
  await run('import', 'nothing', '--into', table)
  await run('import', file, '--into', table)
  await run(TYPED)
  const made = await run('import', file, '--into', table, '--create', '--label', TYPED)
  expectLines(made)
  expectLines(await run('jobs', 'list'), 2)
  expectLines(await run('jobs', 'show', '1'))
  expectLines(await run('jobs', 'rejects', '1'), 2)
  const entries = expectLines(await run('jobs', 'journal', '1', '--json')).length
  expectLines(await run('jobs', 'journal', '1'), entries)
  expectLines(await run('jobs', 'rejects', '1', '--json'), 1)
  const [list = ''] = expectLines(await run('jobs', 'list', '--json'), 1)
  expect(JSON.parse(list)).toMatchObject({ jobs: [{ label: TYPED.trim() }] })
  await run('jobs', 'delete', '1')
  expectLines(await run('jobs', 'removed'), 1)
})
