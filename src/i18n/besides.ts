import { phrase, type Language } from './catalogue.ts'
import { shown } from './shown.ts'

/** A column that a corrected file changes where it was not at fault, with the first of its records. */
export type ChangedColumn = {
  name: string
  records: number
  record: number
  before: string
  after: string
}

const LONGEST = 60

/** What a corrected file changes of such a column, as one sentence. */
export function besidesText(language: Language, column: ChangedColumn): string {
  const { name, records: count, record, before, after } = column
  return phrase(language, 'changedBesides', {
    column: shown(name),
    count,
    record,
    before: shortened(before),
    after: shortened(after),
  })
}

function shortened(text: string): string {
  return shown(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
}
