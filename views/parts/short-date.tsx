import { dateTime, NOTHING, shortDateTime, type Ui } from '../ground/ui.ts'

/** A short date, with the full date in its title and in print. */
export function ShortDate({ ui, iso }: { ui: Ui; iso: string | null }) {
  if (iso === null) return <>{NOTHING}</>
  return (
    <time class="short-date" datetime={iso} title={dateTime(ui, iso)}>
      <span>{shortDateTime(ui, iso)}</span>
    </time>
  )
}
