import type { Today } from '../../src/engine/report/read-today.ts'
import { poll } from '../ground/htmx.ts'
import { Page } from '../parts/layout.tsx'
import { Warning } from '../parts/notice.tsx'
import { PageTop } from '../parts/page-top.tsx'
import type { Ui } from '../ground/ui.ts'
import { Begin } from './begin.tsx'
import { Figures, type Workers } from './figures.tsx'
import { Moving } from './moving.tsx'
import { Needy } from './needy.tsx'

const SECONDS = 10
/** Used without JavaScript. */
const REFRESH = { seconds: 30, hasForm: false }

type TodayProps = {
  ui: Ui
  /** Undefined if there are no jobs. */
  today: Today | undefined
  workers: Workers
  tag: string
  /** A warning that does not depend on the jobs. */
  warning?: string | undefined
}

/** The start page: what came in, what is in motion, and what waits for somebody. */
export function TodayPage(props: TodayProps) {
  const { ui, today } = props
  return (
    <Page ui={ui} title={ui.text.today.title} refresh={today === undefined ? undefined : REFRESH}>
      <PageTop ui={ui} title={ui.text.today.title} />
      <Warning text={props.warning} />
      <TodayParts {...props} />
    </Page>
  )
}

/** The part that polls. */
export function TodayParts({ ui, today, workers, tag }: TodayProps) {
  return (
    <div id="today" {...poll(`${ui.base}/today/live`, { seconds: SECONDS, tag })}>
      {today === undefined ? (
        <Begin ui={ui} />
      ) : (
        <>
          <Figures ui={ui} today={today} workers={workers} />
          <div class="today-columns">
            <Needy ui={ui} today={today} />
            <Moving ui={ui} jobs={today.moving} />
          </div>
        </>
      )}
    </div>
  )
}
