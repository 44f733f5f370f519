import type { Context } from 'hono'
import { Journal, JournalRows } from '../../../views/tabs/journal.tsx'
import type { Job } from '../../domain/jobs/job.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { journalAfter, journalBefore } from '../../engine/ground/journal.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { levelOf, wholeNumber } from '../ground/params.ts'
import type { TabContent } from './tab-content.ts'

const PAGE_SIZE = 200

/** The Journal tab: the newest entries, or those before a given one; only the newest grow while the job runs. */
export async function readJournal(
  c: Context<AppEnv>,
  { store }: AppDeps,
  job: Job,
): Promise<TabContent> {
  const level = levelOf(c)
  const before = beforeOf(c)
  const page = await journalBefore(store.db, job.id, { before, level, limit: PAGE_SIZE })
  return {
    content: (
      <Journal
        ui={c.get('ui')}
        jobId={job.id}
        entries={page.entries}
        level={level}
        older={page.more ? page.entries[0]?.id : undefined}
        isNewest={before === undefined}
      />
    ),
    follow: before === undefined ? { after: page.entries.at(-1)?.id ?? 0 } : undefined,
  }
}

/**
 * What a poll adds to the journal on the screen: the entries after the last one there. Where they
 * are more than a page, as in trace mode, the newest page takes the place of all.
 */
export async function followJournal(c: Context<AppEnv>, { store }: AppDeps, jobId: number) {
  const after = wholeNumber(c.req.query('after'))
  if (after === undefined) return { follow: undefined, partial: null }

  const level = levelOf(c)
  const fresh = await journalAfter(store.db, jobId, { after, level, limit: PAGE_SIZE + 1 })
  const isBehind = fresh.length > PAGE_SIZE
  const entries = isBehind
    ? (await journalBefore(store.db, jobId, { level, limit: PAGE_SIZE })).entries
    : fresh
  return {
    follow: { after: entries.at(-1)?.id ?? after },
    partial: entries.length > 0 && (
      <hx-partial hx-target="#journal" hx-swap={isBehind ? 'innerHTML' : 'append'}>
        <JournalRows ui={c.get('ui')} entries={entries} />
      </hx-partial>
    ),
  }
}

/** @throws InvalidInputError */
function beforeOf(c: Context<AppEnv>): number | undefined {
  const wanted = c.req.query('before')
  const before = wholeNumber(wanted)
  if (wanted === undefined || before !== undefined) return before
  throw new InvalidInputError({ problem: 'no_page' }, { at: ['before'] })
}
