import { writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { STEPS_OF_EXPORT } from '../../views/assistant/steps.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../src/domain/specification/parse-specification.ts'
import { createJob, requireJob } from '../../src/engine/jobs/jobs.ts'
import { iterateJournal } from '../../src/engine/ground/journal.ts'
import { exportJob, importJob } from '../../src/engine/jobs/new-job.ts'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'
import { NOON } from '../support/jobs/a-job.ts'
import { all } from '../support/all.ts'
import { anApp, type TestApp } from '../support/pages/app.ts'
import {
  expectLines,
  expectOneLine,
  expectPlain,
  hostileText,
  UNSEEN,
} from '../support/hostile-text.ts'
import { runWaiting } from '../support/jobs/run-waiting.ts'

/** A job that was run over a file of which every name and value is hostile. */
async function aHostileImport({ store, folder }: TestApp, text: string): Promise<number> {
  // With a NUL no table can be made, a record is rejected, and a label is refused.
  const name = withoutNul(text)
  const quoted = `"${name.replaceAll('"', '""')}"`
  const file = path.join(folder, 'people.csv')
  writeFileSync(file, `id,${quoted},more\n1,${quoted},x\n${quoted},${quoted},x\n`)
  const field = name.slice(0, 100)
  const specification = parseImportSpecification({
    path: file,
    table: `t${field}`,
    create: true,
    delimiter: ',',
  })
  const wanted = importJob(specification, { fileName: `${field}.csv`, label: name })
  const given = { ...wanted, description: `${name}\n${name}`, status: 'start_pending' } as const
  const { id } = await createJob(store.db, given, { now: NOON, actor: field })
  await runWaiting(store, { worker: field })
  return id
}

function withoutNul(text: string): string {
  return text.replaceAll('\0', '')
}

test('no name, value or label turns a page, or hides in it', async () => {
  const property = fc.asyncProperty(hostileText, async (text) => {
    const app = await anApp()
    const id = await aHostileImport(app, text)
    const name = withoutNul(text)
    const specification = parseExportSpecification({
      table: `t${name.slice(0, 100)}`,
      path: `/${name}`,
      columns: [`c${text}`],
    })
    const exported = exportJob(specification, { label: name })
    const again = await createJob(app.db, exported, { now: NOON, actor: name })
    const pages = [id, again.id].flatMap((job) =>
      ['', '/journal', '/rejects', '/rejects/2', '/report', '/delete', '/edit', '/live'].map(
        (tab) => `/jobs/${job}${tab}`,
      ),
    )
    const steps = STEPS_OF_EXPORT.map((step) => `/jobs/${again.id}/edit/${step}`)
    for (const url of ['/jobs', '/jobs/new/import', ...steps, ...pages]) {
      for (const language of LANGUAGES) {
        const answer = await app.get(url, { 'accept-language': language })
        expectPlain(await answer.text(), url)
      }
    }
  })
  await fc.assert(property, { examples: [[UNSEEN]], numRuns: 5 })
})

test('a line of the journal as text is an entry, whatever stands in it', async () => {
  const property = fc.asyncProperty(hostileText, async (text) => {
    const app = await anApp()
    const id = await aHostileImport(app, text)
    const entries = await all(iterateJournal(app.db, id))
    const answer = await app.get(`/jobs/${id}/journal.txt`)
    const lines = (await answer.text()).split('\n').slice(0, -1)
    expect(lines).toHaveLength(entries.length)
    for (const [at, line] of lines.entries()) {
      expect(line.split('\t').slice(0, 1)).toEqual([entries[at]?.at])
      expect(line.split('\t')).toHaveLength(5)
      expectLines(`${line.replaceAll('\t', ' ')}\n`, 1)
    }
  })
  await fc.assert(property, { examples: [[UNSEEN]], numRuns: 10 })
})

test('the files that are downloaded have names that are seen as they are', async () => {
  const app = await anApp()
  const id = await aHostileImport(app, UNSEEN)
  expect(await requireJob(app.db, id)).toMatchObject({
    status: 'finished',
    file_name: expect.stringContaining('\u202e'),
    counters: { processed: 2, rejects: 0 },
  })
  const answer = await app.get(`/jobs/${id}/rejects/export`)
  const disposition = answer.headers.get('content-disposition') ?? ''
  const [, name = ''] = /filename\*=UTF-8''(.*)$/.exec(disposition) ?? []
  expectOneLine(decodeURIComponent(name))
})
