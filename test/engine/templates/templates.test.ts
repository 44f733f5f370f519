import { describe, expect, test } from 'vitest'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { NATIVE_TEMPLATES } from '../../../src/domain/templates/native-templates.ts'
import { templateKind } from '../../../src/domain/templates/template.ts'
import {
  ConflictError,
  InvalidInputError,
  NotFoundError,
} from '../../../src/domain/words/errors.ts'
import { journalAfter } from '../../../src/engine/ground/journal.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { transition } from '../../../src/engine/lifecycle/transition.ts'
import { lastRuns } from '../../../src/engine/list/last-runs.ts'
import {
  changeTemplate,
  deleteTemplate,
  saveJobAsTemplate,
  saveTemplate,
} from '../../../src/engine/templates/save-template.ts'
import { historyOf } from '../../../src/engine/templates/template-history.ts'
import {
  findTemplate,
  findTemplateNamed,
  listTemplates,
} from '../../../src/engine/templates/templates.ts'
import { aStore } from '../../support/a-store.ts'
import { after, aJob, NOON, OPERATOR } from '../../support/jobs/a-job.ts'

const BY = { now: NOON, actor: OPERATOR, replaces: false }
const TEXTS = { name: 'Monday people', description: 'Of the branches' }

async function aTemplate() {
  const { store } = await aStore()
  const job = await aJob(store.db)
  return { db: store.db, job, template: await saveJobAsTemplate(store.db, job.id, TEXTS, BY) }
}

describe('a template', () => {
  test('keeps the specification of a job without its file, and the job knows it', async () => {
    const { db, job, template } = await aTemplate()
    expect(template).toMatchObject({ ...TEXTS, type: 'import', parts: { table: 'person' } })
    expect(Object.keys(template.parts)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(path|beneath|spooled|dryRun)$/)]),
    )
    expect(await requireJob(db, job.id)).toMatchObject({ template: template.key })
    const entries = await journalAfter(db, job.id, { after: 0, limit: 9 })
    expect(entries.at(-1)).toMatchObject({ code: 'TLY-1045', params: { name: TEXTS.name } })
  })

  test('is found by its key, and by its name whatever its case and accents', async () => {
    const { db, template } = await aTemplate()
    expect(await findTemplate(db, template.key)).toEqual(template)
    expect(await findTemplateNamed(db, ' MÓNDAY people')).toEqual(template)
    expect(await findTemplateNamed(db, 'Tuesday')).toBeUndefined()
    expect((await listTemplates(db)).map(({ name }) => name)).toEqual([
      TEXTS.name,
      ...NATIVE_TEMPLATES.map(({ name }) => name),
    ])
  })

  test('is not saved over another of its name, unless that is to be changed', async () => {
    const { db, job, template } = await aTemplate()
    const other = { ...TEXTS, name: 'monday PEOPLE' }
    await expect(saveJobAsTemplate(db, job.id, other, BY)).rejects.toThrow(InvalidInputError)
    const replaced = await saveJobAsTemplate(db, job.id, other, { ...BY, replaces: true })
    expect(replaced).toMatchObject({ key: template.key, name: 'monday PEOPLE' })
    const parts = { table: 'person' }
    await expect(
      saveTemplate(db, { ...TEXTS, type: 'export', parts }, { ...BY, replaces: true }),
    ).rejects.toThrow(InvalidInputError)
  })

  test('remembers what changed in it, when and by whom, and nothing where nothing did', async () => {
    const { db, template } = await aTemplate()
    const { key, parts } = template
    await changeTemplate(db, key, { ...TEXTS, parts }, { now: after(1), actor: 'eva' })
    await changeTemplate(
      db,
      key,
      { ...TEXTS, name: 'People', parts: { ...parts, maxRejects: 9, map: { Correo: 'email' } } },
      { now: after(2), actor: 'eva' },
    )
    expect((await historyOf(db, template, NOON)).changes).toEqual([
      {
        at: after(2).toISOString(),
        by: 'eva',
        parts: [
          { part: 'name', before: 'Monday people', after: 'People' },
          { part: 'map.Correo', before: null, after: 'email' },
          { part: 'maxRejects', before: null, after: '9' },
        ],
      },
    ])
  })

  test('of two that are saved at once under one name, one is refused', async () => {
    const { db } = await aTemplate()
    const written = { name: 'One', description: '', type: 'import', parts: {} } as const
    const saved = await Promise.allSettled([1, 2].map(() => saveTemplate(db, written, BY)))
    expect(saved.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('whose parts make no specification is refused', async () => {
    const { db } = await aTemplate()
    const parts = { table: 'person', firstRecord: 9, lastRecord: 2 }
    await expect(
      saveTemplate(db, { ...TEXTS, name: 'x', type: 'import', parts }, BY),
    ).rejects.toThrow(InvalidInputError)
  })

  test('is deleted while its jobs stay, and no other gets its key', async () => {
    const { db, job, template } = await aTemplate()
    await deleteTemplate(db, template.key)
    expect(await findTemplate(db, template.key)).toBeUndefined()
    expect(await requireJob(db, job.id)).toMatchObject({ template: template.key })
    await expect(deleteTemplate(db, template.key)).rejects.toThrow(NotFoundError)
    const next = await saveJobAsTemplate(db, job.id, TEXTS, BY)
    expect(Number(next.key)).toBeGreaterThan(Number(template.key))
  })

  test.each(NATIVE_TEMPLATES)(
    'that ships as $key cannot be changed, and makes sense',
    async (native) => {
      const { db } = await aTemplate()
      expect(templateKind(native).specification).toMatchObject(native.parts)
      const texts = { name: 'mine', description: '', parts: {} }
      await expect(changeTemplate(db, native.key, texts, BY)).rejects.toThrow(ConflictError)
      await expect(deleteTemplate(db, native.key)).rejects.toThrow(ConflictError)
      const same = { ...texts, name: native.key, type: native.type }
      await expect(saveTemplate(db, same, BY)).rejects.toThrow(InvalidInputError)
    },
  )
})

test('the last runs of a job are those of its template, whatever their files and tables', async () => {
  const { db, template } = await aTemplate()
  const ids: number[] = []
  for (const [file, table] of [
    ['a.csv', 'person'],
    ['other.csv', 'people'],
  ]) {
    const specification = parseImportSpecification({ path: `/data/${file}`, table })
    const wanted = { ...importJob(specification, {}), template: template.key }
    const { id } = await createJob(db, wanted, BY)
    await transition(db, id, 'start', BY)
    await transition(db, id, 'claim', { ...BY, claim: `c${id}` })
    await transition(db, id, 'finish', { now: after(id), actor: OPERATOR, claim: `c${id}` })
    ids.push(id)
  }
  const job = await requireJob(db, ids[1] ?? 0)
  expect((await lastRuns(db, job)).map(({ id }) => id)).toEqual(ids)
  const [first = 0] = ids
  await db.updateTable('tallyman_job').set({ rejects: 4 }).where('id', '=', first).execute()
  const { runs, medians } = await historyOf(db, template, after(60))
  expect(runs.map(({ id }) => id)).toEqual([...ids.toReversed(), 1])
  expect(medians).toEqual({ duration: 2_500, rejects: 2 })
})
