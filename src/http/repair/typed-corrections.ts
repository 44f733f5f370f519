import { createHash } from 'node:crypto'
import { UnusableError } from '../../domain/words/errors.ts'
import type { Problem } from '../../domain/words/problems.ts'
import type { OpenReject } from '../../engine/repair/open-rejects.ts'
import type { Draft } from '../../engine/repair/save-drafts.ts'
import { recordOfText, textOfRecord } from '../../pipeline/repair/record-text.ts'
import { rewriteValues, valuesOfRecord } from '../../pipeline/repair/rewrite.ts'
import { draftFrom } from './collect-corrections.ts'
import type { RepairSession } from './repair-session.ts'
import type { TypedRecord, TypedText } from './typed-records.ts'

/** A text that two have corrected. */
export type Conflict = { column: number; theirs: string; mine: string }

/**
 * What was changed, what of it cannot be written in the source's dialect, and what somebody else has
 * corrected since the page was shown.
 */
export type TypedCorrections = {
  drafts: Draft[]
  refused: Map<number, Problem>
  conflicts: Map<number, Conflict[]>
}

export function correctionsOf(
  session: RepairSession,
  rejects: OpenReject[],
  typed: ReadonlyMap<number, TypedRecord>,
): TypedCorrections {
  const found: TypedCorrections = { drafts: [], refused: new Map(), conflicts: new Map() }
  for (const reject of rejects) {
    const given = typed.get(reject.record)
    const base = reject.draft ?? reject.raw
    if (given === undefined || base === undefined) continue
    try {
      const raw = rewritten(session, reject, base, given)
      if (Array.isArray(raw)) found.conflicts.set(reject.record, raw)
      else if (raw !== undefined) found.drafts.push(draftFrom(reject, raw))
    } catch (error) {
      if (!(error instanceof UnusableError)) throw error
      found.refused.set(reject.record, error.problem)
    }
  }
  return found
}

/** The bytes of a record that was changed; undefined where it was not; or what is to be decided. */
function rewritten(
  { readerOf, encodingOf, plan: { mask } }: RepairSession,
  reject: OpenReject,
  base: Buffer,
  given: TypedRecord,
): Buffer | Conflict[] | undefined {
  const reader = readerOf(reject.record)
  const encoding = encodingOf(reject.record)
  if (given.line !== undefined) {
    // A record that could not be read, and so not masked, is not kept.
    if (mask !== undefined) return undefined
    const current = textOfRecord(base, encoding)
    const changes = changesOf(new Map([[WHOLE, given.line]]), () => current, { given, base })
    if (!(changes instanceof Map)) return changes
    const line = changes.get(WHOLE)
    return line === undefined ? undefined : recordOfText(line, encoding)
  }
  const values = valuesOfRecord(reader, reject, base)
  if (values === undefined) return undefined
  const open = new Map([...given.values].filter(([column]) => mask?.columns.has(column) !== true))
  const changes = changesOf(open, (column) => values[column] ?? '', { given, base })
  if (!(changes instanceof Map)) return changes
  return changes.size === 0 ? undefined : rewriteValues(reader, reject, { raw: base, changes })
}

/** In place of a column, for the whole record. */
export const WHOLE = -1

/**
 * What somebody typed, held against what the page showed and what is there now: what was not touched
 * changes nothing, and what somebody else changed to another text is to be decided.
 */
function changesOf(
  typed: ReadonlyMap<number, TypedText>,
  currentOf: (column: number) => string,
  { given, base }: { given: TypedRecord; base: Buffer },
): Map<number, string> | Conflict[] {
  const changes = new Map<number, string>()
  const conflicts: Conflict[] = []
  // A decision is about the correction that was shown, and about no later one.
  const keep = given.theirs === markOfText(base) ? given.keep : undefined
  for (const [column, { text, shown }] of typed) {
    const current = currentOf(column)
    if (plain(text) === plain(current) || markOfText(text) === shown) continue
    const isUntouched = shown === undefined || shown === markOfText(current)
    if (!isUntouched) conflicts.push({ column, theirs: current, mine: text })
    if (isUntouched || keep === 'mine') changes.set(column, plain(text))
  }
  return conflicts.length === 0 || keep !== undefined ? changes : conflicts
}

/** Stands for a text that a page shows, or for the bytes of a record. */
export function markOfText(text: string | Buffer): string {
  const hash = createHash('sha256').update(typeof text === 'string' ? plain(text) : text)
  return hash.digest('base64url').slice(0, 16)
}

/** A form sends other line ends than the source has, which is no change. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}
