import type { ColumnType } from '../../../src/domain/records/table.ts'
import type { UnclearFormat } from '../../../src/domain/words/problems-of-steps.ts'
import type { FieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import type {
  FormatKey,
  FormatParts,
} from '../../../src/domain/specification/fields/named-formats.ts'

/** How the values of a field are written, and how they may be. */
export type ValueFormats = {
  /** Empty: as the field takes it; `own`: one that is not offered by name. */
  format: FormatKey | '' | 'own'
  formats: readonly FormatKey[]
  isFormatGuessed: boolean
  /** What its values do not tell of it. */
  ambiguous: UnclearFormat | undefined
  parts: FormatParts
  /** Years that are written with two digits, and for which each is taken, from the earliest. */
  years: { written: string; year: number }[]
  /** Whether its values have a currency. */
  hasCurrency: boolean
}

/** A column of the source, the field that it fills, and how its first values fit. */
export type AssistantColumn = ValueFormats & {
  name: string
  examples: string[]
  /** Empty: it fills none. */
  field: string
  /** Whether the field was chosen by the program and has another name. */
  isGuessed: boolean
  /** The column that the file lacks, and in whose place this one was chosen by the program. */
  instead: string | undefined
  type: ColumnType | undefined
  isKey: boolean
  /** Whether its values are masked, whatever it fills. */
  isSensitive: boolean
  onError: FieldOptions['onError']
  misfits: number
  /** The formats in which more values would fit, and how many. */
  better: { keys: readonly FormatKey[]; fitting: number } | undefined
  /** Values of which a spreadsheet left the first digits. */
  shortened: string[]
  /** `file` names the one that a line is in, where they are several. */
  faults: { file: string | undefined; line: number; value: string; sentence: string }[]
}
