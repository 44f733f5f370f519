import { dateTime, NOTHING, shortDateTime, type Ui } from '../ground/ui.ts'

/** A date as short as it can be told apart at; in full in its title, and on paper. */
export function ShortDate({ ui, iso }: { ui: Ui; iso: string | null }) {
  if (iso === null) return <>{NOTHING}</>
  return (
    <time class="short-date" datetime={iso} title={dateTime(ui, iso)}>
      <span>{shortDateTime(ui, iso)}</span>
    </time>
  )
}
