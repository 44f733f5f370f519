import { fill } from '../../src/i18n/console.ts'
import type { MetRow } from '../../src/pipeline/repair/rows-met.ts'
import { number, type Ui } from '../ground/ui.ts'
import { RawText } from '../rejects/raw-text.tsx'
import { lineName, valueName } from './repair-url.ts'

export type RepairCell = {
  column: number
  /** The value as corrected so far, or as typed. */
  text: string
  /** Stands for the value that the page shows, so that a later correction is noticed. */
  mark: string
  /** The value in the source, where it was another. */
  old: string | undefined
  /** What the rule makes of a value that is edited. */
  byRule: string | undefined
  isEdited: boolean
  /** Whether it may be why the record does not fit. */
  isAtFault: boolean
}

export type RepairRow = {
  record: number
  line: number
  /** The name of its file, where they are several. */
  file: string | undefined
  /** Why it does not fit; undefined where it does. */
  problem: string | undefined
  /** The field that this is about, where it is one. */
  field: string | undefined
  isChanged: boolean
  /** What it changes of a row that the table has already. */
  change: MetRow | undefined
  /** Whether it fits, and nothing of it would be written. */
  isIdle: boolean
  /** What the import would warn of, where it fits. */
  warning: { text: string; field: string | undefined } | undefined
  /** Its values in the columns shown; undefined where the record cannot be read. */
  cells: RepairCell[] | undefined
  /** The whole record as text, where that can be edited, and what stands for it. */
  text: string | undefined
  mark: string | undefined
  /** Who corrected it last, and when. */
  corrected: { by: string; at: string } | undefined
  /** Whether it is not corrected here, since two have corrected it. */
  isLocked: boolean
}

type InputProps = { ui: Ui; row: RepairRow; problemId: string | undefined }

/** A record that cannot be read is edited as a whole. */
export function WholeRecord({ ui, row, problemId }: InputProps) {
  const { record, text, mark } = row
  if (text === undefined) return null
  return (
    <>
      <Shown name={lineName(record)} mark={mark} />
      <textarea
        class="input"
        id={idOf(lineName(record))}
        name={lineName(record)}
        rows={Math.min(6, text.split('\n').length + Math.floor(text.length / LINE))}
        aria-label={fill(ui.text.repair.wholeRecord, { n: number(ui, record) })}
        aria-invalid={problemId === undefined ? undefined : 'true'}
        aria-describedby={problemId}
        spellcheck={false}
      >
        {/* A parser drops a line end at the beginning. */}
        {`\n${text}`}
      </textarea>
    </>
  )
}

/** Sent back with the form, it tells what stood in an input when the page was shown. */
export function Shown({ name, mark }: { name: string; mark: string | undefined }) {
  return mark === undefined ? null : <input type="hidden" name={`shown.${name}`} value={mark} />
}

export function RecordValue({
  ui,
  row: { record },
  cell,
  name,
  problemId,
}: InputProps & { cell: RepairCell; name: string }) {
  const { text, old, byRule, isEdited, column } = cell
  if (!isEdited) return <Changed ui={ui} text={text} old={old} />
  const input = {
    class: 'input',
    id: idOf(valueName(record, column)),
    name: valueName(record, column),
    'aria-label': fill(ui.text.repair.valueOf, { name, n: number(ui, record) }),
    'aria-invalid': cell.isAtFault ? 'true' : undefined,
    'aria-describedby': problemId,
    autocomplete: 'off',
    spellcheck: false,
  } as const
  return (
    <>
      <Shown name={valueName(record, column)} mark={cell.mark} />
      {/[\r\n]/.test(text) ? (
        <textarea {...input} rows={3}>
          {`\n${text}`}
        </textarea>
      ) : (
        <input type="text" {...input} value={text} />
      )}{' '}
      {old !== undefined && (
        <span class="quiet">
          {ui.text.repair.was} <Value ui={ui} text={old} />
        </span>
      )}{' '}
      {byRule !== undefined && (
        <span class="quiet">
          {ui.text.repair.byRule} <Value ui={ui} text={byRule} />
        </span>
      )}
    </>
  )
}

function Changed({ ui, text, old }: { ui: Ui; text: string; old: string | undefined }) {
  if (old === undefined) return <Value ui={ui} text={text} />
  return (
    <>
      <del>
        <Value ui={ui} text={old} />
      </del>{' '}
      <ins>
        <Value ui={ui} text={text} />
      </ins>
    </>
  )
}

export function Value({ ui, text }: { ui: Ui; text: string }) {
  return text === '' ? (
    <span class="quiet">{ui.text.rejects.empty}</span>
  ) : (
    <RawText>{text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}</RawText>
  )
}

/** Characters of a value that is not edited. */
const SHOWN = 80

/** Characters that a line of a record takes up. */
const LINE = 90

function idOf(name: string): string {
  return name.replaceAll('.', '-')
}
