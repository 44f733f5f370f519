import type { JournalEntry } from '../../src/domain/jobs/journal.ts'
import { LEVELS, type Level } from '../../src/domain/words/messages.ts'
import { levelLabel, messageOnPage } from '../../src/i18n/catalogue.ts'
import { shown } from '../../src/i18n/shown.ts'
import { handFocusTo, loadInPlace } from '../ground/htmx.ts'
import { Icon } from '../parts/icon.tsx'
import { PrintedFilter } from '../parts/printed-filter.tsx'
import { dateTime, type Ui } from '../ground/ui.ts'

export type JournalProps = {
  ui: Ui
  jobId: number
  /** Oldest first. */
  entries: JournalEntry[]
  level: Level | undefined
  /** Cursor for the older entries; undefined if these are the first. */
  older: number | undefined
  isNewest: boolean
}

/** The journal of a job. New entries are appended while it runs; older ones load on demand. */
export function Journal({ ui, jobId, entries, level, older, isNewest }: JournalProps) {
  const path = `${ui.base}/jobs/${jobId}/journal`
  const { text } = ui
  const newestUrl = level === undefined ? path : `${path}?level=${level}`
  return (
    <section class="journal" id="journal-section">
      <div class="toolbar">
        <LevelFilter ui={ui} path={path} level={level} />
        <a
          class="button"
          href={`${path}.txt${level === undefined ? '' : `?level=${level}`}`}
          download
        >
          {text.journal.download}
        </a>
      </div>
      <PrintedFilter parts={[[text.journal.filter, level && levelLabel(ui.language, level)]]} />
      {older !== undefined && (
        <p>
          <a
            class="button"
            id="journal-older"
            href={pageUrl(path, level, older)}
            {...loadInPlace(pageUrl(path, level, older), '#journal-section')}
            {...handFocusTo('journal-scroller')}
          >
            {text.journal.older}
          </a>
        </p>
      )}
      {/* Focusable, so that the keyboard can scroll it. */}
      <section id="journal-scroller" class="scroller" tabindex={0} aria-label={text.job.journal}>
        <table class="table journal-table">
          <caption class="visually-hidden">{text.job.journal}</caption>
          <JournalHead ui={ui} />
          <tbody id="journal">
            <JournalRows ui={ui} entries={entries} />
          </tbody>
        </table>
        {!isNewest && (
          <p>
            <a class="button" href={newestUrl}>
              {text.journal.newest}
            </a>
          </p>
        )}
        {entries.length === 0 && <p class="empty">{text.journal.none}</p>}
        <div id="journal-end" />
      </section>
    </section>
  )
}

export function JournalHead({ ui: { text } }: { ui: Ui }) {
  return (
    <thead>
      <tr>
        <th scope="col">{text.journal.level}</th>
        <th scope="col">{text.journal.at}</th>
        <th scope="col">{text.journal.code}</th>
        <th scope="col">{text.journal.message}</th>
        <th scope="col">{text.journal.actor}</th>
      </tr>
    </thead>
  )
}

export function JournalRows({ ui, entries }: { ui: Ui; entries: JournalEntry[] }) {
  return entries.map((entry) => (
    <tr id={`entry-${entry.id}`}>
      <td>
        <span class="status-badge">
          <Icon ui={ui} name={entry.level} />
          <span>{levelLabel(ui.language, entry.level)}</span>
        </span>
      </td>
      <td class="time">
        <time datetime={entry.at}>{dateTime(ui, entry.at)}</time>
      </td>
      <td class="code">
        <code>{entry.code}</code>
      </td>
      <td class="message">{messageOnPage(ui.language, entry)}</td>
      <td class="actor">{shown(entry.actor)}</td>
    </tr>
  ))
}

function pageUrl(path: string, level: Level | undefined, before: number): string {
  return `${path}?${level === undefined ? '' : `level=${level}&`}before=${before}`
}

function LevelFilter({
  ui,
  path,
  level: chosen,
}: {
  ui: Ui
  path: string
  level: Level | undefined
}) {
  const choices = [undefined, ...LEVELS]
  return (
    <nav class="filter" aria-label={ui.text.journal.filter}>
      {choices.map((level) => (
        <>
          <a
            href={level === undefined ? path : `${path}?level=${level}`}
            aria-current={level === chosen ? 'true' : undefined}
          >
            {level === undefined ? ui.text.journal.all : levelLabel(ui.language, level)}
          </a>{' '}
        </>
      ))}
    </nav>
  )
}
