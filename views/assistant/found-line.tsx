import { fill } from '../../src/i18n/console.ts'
import { formatSize } from '../../src/i18n/format.ts'
import { shown } from '../../src/i18n/shown.ts'
import { number, type Ui } from '../ground/ui.ts'
import { Icon } from '../parts/icon.tsx'
import { formatWords, type FoundDialect } from '../formats/format-facts.ts'
import type { ShownRecord } from './preview-table.tsx'

/** How a file is read, and its first records. */
export type FileFound = {
  dialect: FoundDialect
  /** The line of the header; undefined without one. */
  headerLine: number | undefined
  size: number
  count: { records: number; isExact: boolean } | undefined
  read: number
  faults: number
  names: string[]
  records: ShownRecord[]
  /** Whether more records can be shown. */
  isMore: boolean
}

/** What was found, in one line. */
export function FoundLine({ ui, name, found }: { ui: Ui; name: string; found: FileFound }) {
  return (
    <p class="found-line">
      <Icon ui={ui} name="file" /> <strong>{shown(name)}</strong>{' '}
      <span class="quiet">{foundWords(ui, found).join(' · ')}</span>
    </p>
  )
}

/** How its records are written. */
export function dialectWords(
  ui: Ui,
  { dialect, headerLine }: Pick<FileFound, 'dialect' | 'headerLine'>,
): string[] {
  const { file } = ui.text.assistant
  const words = [formatWords(ui, dialect), dialect.encoding]
  if (dialect.format !== 'delimited') return words
  const line = number(ui, headerLine ?? null)
  return [...words, headerLine === undefined ? file.noHeader : fill(file.header, { line })]
}

function foundWords(ui: Ui, found: FileFound): string[] {
  const { text, language } = ui
  const { file } = text.assistant
  const { size, count } = found
  const words = [formatSize(language, size), ...dialectWords(ui, found)]
  if (count !== undefined) {
    const sentence = count.isExact ? file.records : file.about
    words.push(fill(sentence, { n: number(ui, count.records) }))
  }
  return words
}
