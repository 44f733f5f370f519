import type { Job } from '../../src/domain/jobs/job.ts'
import type { OpenKind } from '../../src/engine/repair/open-kinds.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'
import { RepairFrame } from './repair-frame.tsx'
import { placeAnswers, repairUrl, type RepairPlace } from './repair-url.ts'

/** The ticked records, and the reason to set them aside. */
export type AsideAnswers = { picked: number[]; reason: string }

/** Sets the ticked records of a form aside, or all that are open, with the reason. */
export function SetAside({ ui, open, reason }: { ui: Ui; open: number; reason: string }) {
  const { repair } = ui.text
  return (
    <fieldset class="repair-set-aside">
      <legend>{repair.setAsideLegend}</legend>
      <div class="field">
        <label for="reason">{repair.why}</label>{' '}
        <input type="text" class="input" id="reason" name="reason" value={reason} maxlength={500} />
      </div>{' '}
      <button type="submit" name="act" value="set_aside" class="button" id="button-set-aside">
        {repair.setPickedAside}
      </button>{' '}
      <button type="submit" name="act" value="set_aside_all" class="button" id="button-set-all">
        {fill(repair.setAllAside, { n: number(ui, open) })}
      </button>
    </fieldset>
  )
}

type AllProps = { ui: Ui; job: Job; kind: OpenKind; place: RepairPlace; reason: string }

/** The question before all open records of a reason are set aside. */
export function SetAsideAll({ ui, job, kind, place, reason }: AllProps) {
  const { rejects, repair } = ui.text
  const answers = { ...placeAnswers(place), reason, act: 'set_aside_all' }
  const about = {
    field: place.field ?? rejects.wholeRecord,
    code: kind.code,
    name: ui.operator,
    reason,
  }
  return (
    <RepairFrame
      ui={ui}
      job={job}
      title={fill(repair.setAllTitle, { n: number(ui, kind.open) })}
      isReason
      form={{ id: 'set-aside-form', action: repairUrl(ui, job.id), answers }}
    >
      <form id="set-aside-form" class="job-form" method="post" action={repairUrl(ui, job.id)}>
        {Object.entries(answers).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p>{fill(repair.setAllAbout, about)}</p>
        <div class="form-buttons">
          <button
            type="submit"
            name="sure"
            value="yes"
            class="button button-primary"
            id="button-sure"
          >
            {repair.setAllSure}
          </button>{' '}
          <a class="button" id="button-keep" href={repairUrl(ui, job.id, place)}>
            {repair.setNone}
          </a>
        </div>
      </form>
    </RepairFrame>
  )
}
