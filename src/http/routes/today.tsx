import { createHash } from 'node:crypto'
import path from 'node:path'
import type { Context } from 'hono'
import { TodayPage, TodayParts } from '../../../views/today/today.tsx'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { createJob } from '../../engine/jobs/jobs.ts'
import { newestJobId } from '../../engine/list/listed-job.ts'
import { readToday } from '../../engine/report/read-today.ts'
import { importJob } from '../../engine/jobs/new-job.ts'
import { packageRoot } from '../../installation.ts'
import { problemOnPage } from '../../i18n/catalogue.ts'
import { dayIn } from '../../i18n/format.ts'
import { checkImport } from '../../pipeline/import/plan/check-import.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { notModified } from '../ground/not-modified.ts'
import type { Handler } from '../ground/route.ts'
import { formOf } from '../ground/form-of.ts'
import { oncePerForm } from '../forms/idempotency.ts'
import { startOfDay } from '../responses/start-of-day.ts'

const SAMPLE = path.join(packageRoot(), 'public/samples/people-dirty.csv')
const SAMPLE_TABLE = 'sample_people'

/** The start page. */
export function showToday(deps: AppDeps): Handler {
  return async (c) => {
    const why = deps.doubt()
    const warning = why && problemOnPage(c.get('ui').language, why)
    return c.html(<TodayPage {...await read(c, deps)} warning={warning} />)
  }
}

/** A poll of the start page. */
export function showTodayLive(deps: AppDeps): Handler {
  return async (c) => {
    const props = await read(c, deps)
    if (c.req.header('hx-ptag') === props.tag) return notModified(c)
    c.header('HX-PTag', props.tag)
    return c.html(<TodayParts {...props} />)
  }
}

/** Imports a sample, so that an empty system has something to show. */
export function importSample(deps: AppDeps): Handler {
  return async (c) => {
    const { operator, text, base } = c.get('ui')
    const made = await oncePerForm(deps, await formOf(c), c.req.path, async () => {
      const act = { actor: operator, now: deps.now() }
      const label = text.today.sampleLabel
      return `${base}/jobs/${await createSampleJob(deps, label, act, c.req.raw.signal)}`
    })
    return c.redirect(made, 303)
  }
}

async function read(c: Context<AppEnv>, { store, settings, now, workers }: AppDeps) {
  const { timeZone } = settings
  const { names, ...counts } = workers()
  const since = startOfDay(dayIn(now(), timeZone), 0, timeZone)
  const isEmpty = (await newestJobId(store.db)) === 0
  const today = isEmpty
    ? undefined
    : await readToday(store.db, { since, now: now(), workers: names })
  const seen = JSON.stringify([since, today, counts])
  const tag = createHash('sha256').update(seen).digest('base64url').slice(0, 16)
  return { ui: c.get('ui'), today, workers: counts, tag }
}

/** @throws InvalidInputError where a table of that name does not take it */
async function createSampleJob(
  { store }: AppDeps,
  label: string,
  act: { actor: string; now: Date },
  stopSignal: AbortSignal,
): Promise<number> {
  const specification = parseImportSpecification({
    path: SAMPLE,
    table: SAMPLE_TABLE,
    create: true,
    key: ['id'],
  })
  await checkImport(store, specification, { stopSignal })
  const made = { ...importJob(specification, { label }), status: 'start_pending' } as const
  return (await createJob(store.db, made, act)).id
}
