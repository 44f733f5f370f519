import type { ColumnType } from '../../../src/domain/records/table.ts'
import { MADE_TYPES } from '../../../src/domain/specification/specification.ts'
import { columnTypeLabel } from '../../../src/i18n/catalogue.ts'
import { fill } from '../../../src/i18n/console.ts'
import type { Choice } from '../../forms/fields.tsx'
import type { Ui } from '../../ground/ui.ts'
import { marked, type Faulty } from './faulty.tsx'
import { Options } from './field-inputs.tsx'

type TypeProps = {
  ui: Ui
  row: { name: string; type: ColumnType | undefined }
  /** The end of the name of the input. */
  at: string
  /** Only a table that is made has types to choose. */
  isNew: boolean
  faulty?: Faulty | undefined
}

/** The type of a field; one that nobody chose, and none of those offered, is as its values suggest. */
export function TypeChoice({ ui, row: { name, type }, at, isNew, faulty }: TypeProps) {
  const { language, text } = ui
  if (!isNew) return <>{type === undefined ? '–' : columnTypeLabel(language, type)}</>
  const choices = MADE_TYPES.map((made): Choice => [made, columnTypeLabel(language, made)])
  const suggested =
    type === undefined ? text.assistant.columns.typeOfValues : columnTypeLabel(language, type)
  const own: Choice[] = MADE_TYPES.some((made) => made === type) ? [] : [['', suggested]]
  return (
    <select
      class="input"
      {...marked(faulty, `type-${at}`)}
      aria-label={fill(text.assistant.columns.typeOf, { name })}
    >
      <Options choices={[...own, ...choices]} chosen={type} />
    </select>
  )
}
