import type { ColumnInfo } from '../../../src/domain/records/table.ts'
import { columnTypeLabel } from '../../../src/i18n/catalogue.ts'
import { shown } from '../../../src/i18n/shown.ts'
import type { Ui } from '../../ground/ui.ts'

type FieldOptionsProps = {
  ui: Ui
  columns: Pick<ColumnInfo, 'name' | 'type'>[]
  /** The words for none of them. */
  none: string
  chosen: string | undefined
}

/** The fields of a table to choose from; one that the table does not have stays chosen. */
export function FieldOptions({ ui, columns, none, chosen = '' }: FieldOptionsProps) {
  const isKnown = chosen === '' || columns.some(({ name }) => name === chosen)
  return (
    <>
      <option value="">{none}</option>
      {!isKnown && (
        <option value={chosen} selected>
          {shown(chosen)}
        </option>
      )}
      {columns.map(({ name, type }) => (
        <option value={name} selected={name === chosen}>
          {shown(name)} ({columnTypeLabel(ui.language, type)})
        </option>
      ))}
    </>
  )
}
