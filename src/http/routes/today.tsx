import { createHash } from 'node:crypto'
import path from 'node:path'
import { Hono, type Context } from 'hono'
import { TodayPage, TodayParts } from '../../../views/today/today.tsx'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { createJob } from '../../engine/jobs/jobs.ts'
import { newestJobId } from '../../engine/list/listed-job.ts'
import { readToday } from '../../engine/report/read-today.ts'
import { importJob } from '../../engine/jobs/new-job.ts'
import { packageRoot } from '../../installation.ts'
import { dayIn } from '../../i18n/format.ts'
import { checkImport } from '../../pipeline/import/plan/check-import.ts'
import type { AppDeps, AppEnv } from '../middleware/env.ts'
import { formOf } from '../forms/form-of.ts'
import { oncePerForm } from '../middleware/idempotency.ts'
import { startOfDay } from '../responses/start-of-day.ts'

const SAMPLE = path.join(packageRoot(), 'public/samples/people-dirty.csv')
const SAMPLE_TABLE = 'sample_people'

/** The start page, how it refreshes, and the import of a sample to begin with. */
export function todayRoutes(deps: AppDeps) {
  const once = oncePerForm(deps)
  return new Hono<AppEnv>()
    .get('/', async (c) => c.html(<TodayPage {...await read(c, deps)} />))
    .get('/today/live', async (c) => {
      const props = await read(c, deps)
      if (c.req.header('hx-ptag') === props.tag) return c.body(null, 304)
      c.header('HX-PTag', props.tag)
      return c.html(<TodayParts {...props} />)
    })
    .post('/today/sample', async (c) => {
      const ui = c.get('ui')
      const made = await once(await formOf(c), c.req.path, async () => {
        const id = await importSample(
          deps,
          ui.operator,
          ui.text.today.sampleLabel,
          c.req.raw.signal,
        )
        return `${ui.base}/jobs/${id}`
      })
      return c.redirect(made, 303)
    })
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
async function importSample(
  { store, now }: AppDeps,
  actor: string,
  label: string,
  stopSignal: AbortSignal,
): Promise<number> {
  const specification = parseImportSpecification({
    path: SAMPLE,
    table: SAMPLE_TABLE,
    create: true,
    key: ['id'],
  })
  await checkImport(store, specification, { stopSignal })
  const wanted = { ...importJob(specification, { label }), status: 'start_pending' } as const
  return (await createJob(store.db, wanted, { actor, now: now() })).id
}
