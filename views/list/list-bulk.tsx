import { BULK_COMMANDS, isFinalCommand } from '../../src/domain/states/commands.ts'
import { actLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { sendForQuestion } from '../ground/htmx.ts'
import { Icon } from '../parts/icon.tsx'
import { number, type Ui } from '../ground/ui.ts'

/** All matching jobs, also beyond this page, up to the limit of a bulk command. */
export type Matching = { ids: number[]; isAll: boolean }

type BulkProps = { ui: Ui; matching: Matching | undefined; action: string }

/** Commands for the ticked jobs. With JavaScript, they appear once a job is ticked. */
export function BulkCommands({ ui, matching, action }: BulkProps) {
  const { text } = ui
  return (
    <div class="bulk" role="group" aria-label={text.list.withSelected}>
      <span class="quiet" id="bulk-count" data-text={text.list.selected}>
        {text.list.withSelected}
      </span>{' '}
      {matching !== undefined && <AllMatching ui={ui} {...matching} />}{' '}
      {BULK_COMMANDS.map((command) => (
        <>
          <button
            type="submit"
            name="command"
            value={command}
            id={`bulk-${command}`}
            class="button"
            {...(isFinalCommand(command) ? sendForQuestion(action) : {})}
          >
            {command !== 'delete' && <Icon ui={ui} name={command} />}
            {actLabel(ui.language, command)}
          </button>{' '}
        </>
      ))}
    </div>
  )
}

/** A checkbox for exactly the jobs that matched when the page was rendered. */
function AllMatching({ ui, ids, isAll }: Matching & { ui: Ui }) {
  const { text } = ui
  const words = isAll ? text.list.allMatching : text.list.firstMatching
  return (
    <label class="bulk-all">
      <input type="checkbox" name="id" value={ids.join('.')} id="select-matching" />{' '}
      {fill(words, { n: number(ui, ids.length) })}
    </label>
  )
}
