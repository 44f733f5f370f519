import { BULK_COMMANDS } from '../../src/domain/states/commands.ts'
import { actLabel } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { Icon } from '../parts/icon.tsx'
import { number, type Ui } from '../ground/ui.ts'

/** All matching jobs, also beyond this page, up to the limit of a bulk command. */
export type Matching = { ids: number[]; isAll: boolean }

/** Commands for the ticked jobs. With JavaScript, they appear once a job is ticked. */
export function BulkCommands({ ui, matching }: { ui: Ui; matching?: Matching | undefined }) {
  const { text } = ui
  return (
    <div class="bulk" role="group" aria-label={text.list.withSelected}>
      <span class="quiet">{text.list.withSelected}</span>{' '}
      {matching !== undefined && <AllMatching ui={ui} {...matching} />}{' '}
      {BULK_COMMANDS.map((command) => (
        <>
          <button
            type="submit"
            name="command"
            value={command}
            id={`bulk-${command}`}
            class="button"
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
