import { UnusableError } from '../../domain/words/errors.ts'
import type { Problem } from '../../domain/words/problems.ts'
import type { OpenReject } from '../../engine/repair/open-rejects.ts'
import type { Corrected } from '../../engine/repair/take-rejects.ts'
import { recordOfText, textOfRecord } from '../../pipeline/repair/record-text.ts'
import { rewriteValues, valuesOfRecord } from '../../pipeline/repair/rewrite.ts'
import type { RepairSession } from './repair-session.ts'

/** What was typed for one record: its whole text, or values by column. */
export type TypedRecord = { line: string | undefined; values: Map<number, string> }

const VALUE = /^v\.(\d{1,15})\.(\d{1,6})$/
const LINE = /^line\.(\d{1,15})$/

/** The inputs of a repair form, by record. */
export function typedRecordsOf(form: Record<string, unknown>): Map<number, TypedRecord> {
  const typed = new Map<number, TypedRecord>()
  const of = (text: string | undefined) => {
    const record = Number(text)
    const known = typed.get(record) ?? { line: undefined, values: new Map<number, string>() }
    typed.set(record, known)
    return known
  }
  for (const [name, given] of Object.entries(form)) {
    if (typeof given !== 'string') continue
    const value = VALUE.exec(name)
    if (value !== null) of(value[1]).values.set(Number(value[2]), given)
    const line = LINE.exec(name)
    if (line !== null) of(line[1]).line = given
  }
  return typed
}

/** What was changed, and what of it cannot be written in the source's dialect. */
export type TypedCorrections = { drafts: Corrected[]; refused: Map<number, Problem> }

export function correctionsOf(
  session: RepairSession,
  rejects: OpenReject[],
  typed: ReadonlyMap<number, TypedRecord>,
): TypedCorrections {
  const drafts: Corrected[] = []
  const refused = new Map<number, Problem>()
  for (const reject of rejects) {
    const given = typed.get(reject.record)
    const base = reject.draft ?? reject.raw
    if (given === undefined || base === undefined) continue
    try {
      const raw = rewritten(session, reject, base, given)
      if (raw !== undefined) drafts.push({ record: reject.record, raw })
    } catch (error) {
      if (!(error instanceof UnusableError)) throw error
      refused.set(reject.record, error.problem)
    }
  }
  return { drafts, refused }
}

/** The bytes of a record that was changed; undefined where it was not. */
function rewritten(
  { readerOf, encodingOf }: RepairSession,
  reject: OpenReject,
  base: Buffer,
  { line, values: given }: TypedRecord,
): Buffer | undefined {
  const reader = readerOf(reject.record)
  const encoding = encodingOf(reject.record)
  if (line !== undefined) {
    const isSame = plain(line) === plain(textOfRecord(base, encoding))
    return isSame ? undefined : recordOfText(plain(line), encoding)
  }
  const values = valuesOfRecord(reader, reject, base)
  if (values === undefined) return undefined
  const changes = new Map(
    [...given].filter(([column, value]) => plain(value) !== plain(values[column] ?? '')),
  )
  return changes.size === 0 ? undefined : rewriteValues(reader, reject, { raw: base, changes })
}

/** A form sends other line ends than the source has, which is no change. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}
