import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { processName } from '../../../src/db/own/process-name.ts'
import { answerForm, goneHolder, takeForm } from '../../../src/engine/jobs/idempotency.ts'
import { oncePerForm } from '../../../src/http/forms/idempotency.ts'
import { databases } from '../../support/databases.ts'

const FORM = { once: 'a', label: 'People' }
const PATH = '/jobs/new/import'
const now = () => new Date()

async function nameOfEnded(): Promise<string> {
  const child = spawn(process.execPath, ['-e', '0'])
  await once(child, 'exit')
  return processName(child.pid)
}

describe.each(databases)('a form on %s', (_name, open) => {
  test('that a server held when it died is carried out by the one that gets it again', async () => {
    const { store } = await open()
    const dead = { ...store, process: await nameOfEnded() }
    let isHeld: () => void = () => undefined
    const held = new Promise<void>((resolve) => (isHeld = resolve))
    void oncePerForm({ store: dead, now }, FORM, PATH, () => {
      isHeld()
      return new Promise(() => undefined)
    })
    await held
    const acts: number[] = []
    const sent = [1, 2].map((one) =>
      oncePerForm({ store, now }, FORM, PATH, () => Promise.resolve(`/jobs/${acts.push(one)}`)),
    )
    // Of the two that wait for it, one carries it out.
    expect(await Promise.all(sent)).toEqual(['/jobs/1', '/jobs/1'])
    expect(acts).toHaveLength(1)
  })

  test('that a living server holds stays with it, and so does one of an older version', async () => {
    const { store, db } = await open()
    expect(await takeForm(db, 'a', { process: store.process, now: now() })).toBe('new')
    expect(await goneHolder(db, 'a')).toBeUndefined()
    const sent_at = now().toISOString()
    const older = { key: 'b', sent_at, leads_to: null, held_by: null }
    await db.insertInto('tallyman_form').values(older).execute()
    expect(await goneHolder(db, 'b')).toBeUndefined()

    const dead = await nameOfEnded()
    expect(await takeForm(db, 'c', { process: dead, now: now() })).toBe('new')
    expect(await goneHolder(db, 'c')).toBe(dead)
    await answerForm(db, 'c', { process: dead, leadsTo: '/jobs/1' })
    expect(await goneHolder(db, 'c')).toBeUndefined()
  })
})
