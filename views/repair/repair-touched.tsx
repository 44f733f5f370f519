import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { dateTime, lineText, number, type Ui } from '../ground/ui.ts'
import { recordUrl } from '../rejects/rejects-url.ts'
import { Value } from './repair-cell.tsx'

/** A reject that somebody else has corrected, repaired, set aside or opened again meanwhile. */
export type ShownTouch = {
  record: number
  line: number
  file: string | undefined
  by: string
  at: string
  status: 'open' | 'repaired' | 'set_aside'
  isCorrected: boolean
  job: number | null
  /** The corrected value of the field that the page is about. */
  value: string | undefined
  /** What was typed here for it, and is not taken. */
  typed: string[] | undefined
}

type TouchedProps = { ui: Ui; jobId: number; touched: ShownTouch[]; count: number }

/** What others did meanwhile: the record, who, when, and both values where there are two. */
export function RepairTouched({ ui, jobId, touched, count }: TouchedProps) {
  const { repair } = ui.text
  if (touched.length === 0) return null
  const others = count - touched.length
  return (
    <ul class="repair-left-out" id="repair-touched">
      {touched.map((one) => (
        <li>
          <a href={recordUrl(ui, jobId, one.record)}>
            {fill(repair.lineNumber, { line: lineText(ui, one.line, one.file) })}
          </a>
          {`: ${actOf(ui, one)}`}
          {one.value !== undefined && (
            <>
              {': '}
              <Value ui={ui} text={one.value} />
            </>
          )}
          {(one.typed ?? []).map((text) => (
            <>
              {`; ${repair.youTyped} `}
              <Value ui={ui} text={text} />
            </>
          ))}
        </li>
      ))}
      {others > 0 && <li>{fill(repair.moreTouched, { n: number(ui, others) })}</li>}
    </ul>
  )
}

function actOf(ui: Ui, { by, at, status, isCorrected, job }: ShownTouch): string {
  const { repair } = ui.text
  const values = { by: shown(by), at: dateTime(ui, at), job: String(job) }
  if (status === 'repaired') return fill(repair.importedBy, values)
  if (status === 'set_aside') return fill(repair.asideBy, values)
  return fill(isCorrected ? repair.correctedBy : repair.openedBy, values)
}
