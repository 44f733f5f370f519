import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'
import { RawText } from '../rejects/raw-text.tsx'
import { lineName, valueName } from './repair-url.ts'

export type RepairCell = {
  column: number
  /** The value as corrected so far, or as typed. */
  text: string
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
  /** Its values in the columns shown; undefined where the record cannot be read. */
  cells: RepairCell[] | undefined
  /** The whole record as text, where that can be edited. */
  text: string | undefined
}

type InputProps = { ui: Ui; row: RepairRow; problemId: string | undefined }

/** A record that cannot be read is edited as a whole. */
export function WholeRecord({ ui, row: { record, text }, problemId }: InputProps) {
  if (text === undefined) return null
  return (
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
  )
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

function Value({ ui, text }: { ui: Ui; text: string }) {
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
