import { Report } from '../../../views/report/report.tsx'
import { readReport } from '../../engine/report/read-report.ts'
import type { Handler } from '../ground/route.ts'
import type { AppDeps } from '../ground/env.ts'
import { memoOfRecord } from '../../pipeline/import/opening/files-of-memo.ts'
import { withGlances } from '../responses/glances.ts'
import { idOf } from '../ground/params.ts'
import { dialectOf, readableRecord } from '../responses/readable-record.ts'

/** Paper has its limits: so many entries from each end of the journal, and so many rejects. */
const LIMITS = { entriesEach: 100, kinds: 30, examplesEach: 3 }

/** A job on paper. */
export function showReport({ store }: Pick<AppDeps, 'store'>): Handler {
  return async (c) => {
    const { rejects, ...read } = await readReport(store.db, idOf(c), LIMITS)
    const { job } = read
    const dialect = dialectOf(job)
    const firsts = rejects.kinds.flatMap(({ examples: [first] }) => first ?? [])
    const glances = await withGlances(store, job, firsts)
    const valueOf = new Map(firsts.map((first, at) => [first, glances[at]?.value]))
    const kinds = rejects.kinds.map(({ examples, ...kind }) => ({
      ...kind,
      value: examples[0] && valueOf.get(examples[0]),
      examples: examples.map((reject) => ({
        ...reject,
        text: readableRecord(reject, dialect && memoOfRecord(dialect, reject.record)),
      })),
    }))
    return c.html(
      <Report ui={c.get('ui')} {...read} found={dialect} rejects={{ ...rejects, kinds }} />,
    )
  }
}
