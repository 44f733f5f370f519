import { stream } from 'hono/streaming'
import { iterateJournal } from '../../engine/ground/journal.ts'
import { levelLabel, messageText } from '../../i18n/catalogue.ts'
import { shown } from '../../i18n/shown.ts'
import type { AppDeps } from '../ground/env.ts'
import { jobOf, levelOf } from '../ground/params.ts'
import type { Handler } from '../ground/route.ts'

/** The journal of a job as a text file, one line per entry. */
export function downloadJournal({ store }: Pick<AppDeps, 'store'>): Handler {
  return async (c) => {
    const job = await jobOf(store.db, c)
    const { language } = c.get('ui')
    const entries = iterateJournal(store.db, job.id, { level: levelOf(c) })
    c.header('Content-Type', 'text/plain; charset=utf-8')
    c.header('Content-Disposition', `attachment; filename="journal-${job.id}.txt"`)
    return stream(c, async (out) => {
      for await (const entry of entries) {
        // Each entry stays on one line, whatever a label or value contains.
        const words = [entry.at, levelLabel(language, entry.level), entry.code, entry.actor]
        await out.write(`${[...words, messageText(language, entry)].map(shown).join('\t')}\n`)
      }
    })
  }
}
