import type { Ui } from '../ground/ui.ts'

/** Sets the ticked records of a form aside, with the reason. */
export function SetAside({ ui }: { ui: Ui }) {
  const { repair } = ui.text
  return (
    <fieldset class="repair-set-aside">
      <legend>{repair.setAsideLegend}</legend>
      <div class="field">
        <label for="reason">{repair.why}</label>{' '}
        <input type="text" class="input" id="reason" name="reason" maxlength={500} />
      </div>{' '}
      <button type="submit" name="act" value="set_aside" class="button" id="button-set-aside">
        {repair.setPickedAside}
      </button>
    </fieldset>
  )
}
