import { fill } from '../../src/i18n/console.ts'
import type { OpenedValue as Value } from '../../src/pipeline/formats/inspection/opened-record.ts'
import { number, type Ui } from '../ground/ui.ts'
import { RawText } from './raw-text.tsx'

/** A value of a record as in the source, or why there is none. */
export function OpenedValue({ ui, value }: { ui: Ui; value: Value }) {
  const { text } = ui
  if (typeof value === 'string') return <span class="quiet">{text.rejects[value]}</span>
  return (
    <>
      {value.pieces.length === 0 ? (
        <span class="quiet">{text.rejects.empty}</span>
      ) : (
        <RawText>{value.pieces}</RawText>
      )}
      {value.leftOut > 0 && <LeftOut ui={ui} count={value.leftOut} />}
    </>
  )
}

export function LeftOut({ ui, count }: { ui: Ui; count: number }) {
  return <span class="left-out">{fill(ui.text.rejects.leftOut, { n: number(ui, count) })}</span>
}
