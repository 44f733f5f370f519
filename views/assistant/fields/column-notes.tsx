import { fill } from '../../../src/i18n/console.ts'
import { formatList } from '../../../src/i18n/format.ts'
import { shown } from '../../../src/i18n/shown.ts'
import { number, type Ui } from '../../ground/ui.ts'

type NotesProps = {
  ui: Ui
  /** Fields that get nothing. */
  unfilled: string[]
  /** Those without which no record can be inserted. */
  needed: string[]
  hasKey: boolean
  isNew: boolean
}

/** What the columns do not fill, and what is not checked here. */
export function ColumnNotes({ ui, unfilled, needed, hasKey, isNew }: NotesProps) {
  const { columns } = ui.text.assistant
  const listed = (names: string[]) => formatList(ui.language, names.map(shown))
  const fields = listed(unfilled)
  return (
    <div class="field-hint">
      {!isNew && needed.length > 0 && (
        <p class="misfits">
          {fill(ui.text.assistantFields.needed, {
            n: number(ui, needed.length),
            fields: listed(needed),
          })}
        </p>
      )}
      {!isNew && (
        <p>{unfilled.length === 0 ? columns.allFilled : fill(columns.unfilled, { fields })}</p>
      )}
      {!hasKey && <p>{columns.noKey}</p>}
      {!isNew && <p>{columns.tried}</p>}
      <button type="submit" id="button-again" name="act" value="again" class="button">
        {columns.check}
      </button>
    </div>
  )
}
