import path from 'node:path'
import type { Message } from '../../domain/words/messages.ts'
import { LONGEST_SHOWN, shorten } from '../../domain/texts/shorten.ts'
import {
  columnTypeLabel,
  messageText,
  phrase,
  problemText,
  type Language,
} from '../../i18n/catalogue.ts'
import {
  inspectSource,
  type InspectedSource,
} from '../../pipeline/import/preview/inspect-source.ts'
import type { PreviewedFile } from '../../pipeline/import/preview/seen-file.ts'
import { memoJson } from './source-json.ts'
import { tableLines } from './table.ts'

/** What is told of a file that can be read, in lines. */
export function inspectedLines(found: InspectedSource, language: Language): string[] {
  const { columns, records, faults, highLines, sampled } = found
  const title = (key: 'inspectedColumns' | 'inspectedRecords' | 'inspectedLines') =>
    phrase(language, key)
  return [
    ...found.journal.map((message) => messageText(language, message)),
    '',
    title('inspectedColumns'),
    ...tableLines(
      ['', '', ''].map((text) => ({ text })),
      columns.map(({ name, type, examples }) => [
        `  ${name}`,
        columnTypeLabel(language, type),
        examples.map(toShow).join(' · '),
      ]),
    ).slice(1),
    '',
    title('inspectedRecords'),
    ...records.map((fields) => `  ${fields.map(toShow).join(' │ ')}`),
    ...(highLines.length === 0 ? [] : ['', title('inspectedLines')]),
    ...highLines.map(({ line, text }) => `  ${line}: ${text}`),
    '',
    phrase(language, 'inspectedFaults', { count: faults.length, sampled }),
    ...faults.map(({ line, message }) => `  ${line}: ${messageText(language, message)}`),
  ]
}

const toShow = (value: string) => shorten(value, LONGEST_SHOWN)

/** The same for programs. */
export function inspectedJson(found: InspectedSource, language: Language) {
  return {
    source: memoJson(found.memo),
    columns: found.columns,
    records: found.records,
    sampled: found.sampled,
    faults: found.faults.map(({ message, ...place }) => ({ ...place, ...told(message, language) })),
    high_lines: found.highLines,
  }
}

/** One of several files: which it is, what keeps it from being imported with the others, and the rest. */
export function fileLines(
  { name, seen, error, notes }: PreviewedFile,
  { number, count }: { number: number; count: number },
  language: Language,
): string[] {
  const message = { code: 'TLY-1145', params: { number, count, path: name } } as const
  return [
    ...(number === 1 ? [] : ['']),
    messageText(language, message),
    ...(error === undefined ? [] : [problemText(language, error.problem)]),
    ...notes.map((note) => messageText(language, note)),
    ...(seen === undefined ? [] : inspectedLines(inspectSource(seen), language)),
  ]
}

/** The same for programs; `problem` is null for one that can be imported with the others. */
export function fileJson({ name, seen, error, notes }: PreviewedFile, language: Language) {
  return {
    name: path.basename(name),
    problem: error === undefined ? null : problemText(language, error.problem),
    notes: notes.map((note) => told(note, language)),
    ...(seen === undefined ? {} : inspectedJson(inspectSource(seen), language)),
  }
}

function told(message: Message, language: Language) {
  return { code: message.code, message: messageText(language, message) }
}
