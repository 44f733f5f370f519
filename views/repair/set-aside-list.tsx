import type { Job } from '../../src/domain/jobs/job.ts'
import type { SetAsideReject } from '../../src/engine/repair/repairs-of.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { dateTime, number, type Ui } from '../ground/ui.ts'
import { recordUrl } from '../rejects/rejects-url.ts'
import { repairUrl } from './repair-url.ts'

type SetAsideProps = { ui: Ui; job: Job; rejects: SetAsideReject[] }

/** The rejects that somebody set aside, which can be opened again. */
export function SetAsideList({ ui, job, rejects }: SetAsideProps) {
  if (rejects.length === 0) return null
  const { repair } = ui.text
  const others = job.set_aside - rejects.length
  return (
    <form class="repair-aside" method="post" action={repairUrl(ui, job.id)}>
      <h2>{repair.setAsideTitle}</h2>
      <ul class="repair-aside-list">
        {rejects.map(({ record, reason, by, at }) => (
          <li>
            <div class="tick">
              <input type="checkbox" id={`pick-${record}`} name={`pick.${record}`} value="yes" />{' '}
              <label for={`pick-${record}`}>
                {fill(repair.setAsideBy, {
                  n: number(ui, record),
                  reason,
                  by: shown(by),
                  at: dateTime(ui, at),
                })}
              </label>{' '}
            </div>{' '}
            <a href={recordUrl(ui, job.id, record)}>
              {fill(ui.text.rejects.openRecord, { n: number(ui, record) })}
            </a>
          </li>
        ))}
      </ul>
      {others > 0 && <p class="quiet">{fill(repair.moreSetAside, { n: number(ui, others) })}</p>}
      <button type="submit" class="button" id="button-take-back">
        {repair.takeBack}
      </button>
    </form>
  )
}
