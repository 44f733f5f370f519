import type { SourceDescription } from '../../source/source-file.ts'
import { importState, type ResumeState } from './resume-state.ts'

/** How another job read its file, without what it stored about that file and its own progress. */
export function memoOfCorrected(stored: unknown, bytes: number): ResumeState {
  const memo = importState.parse(stored)
  const nothing = { source: descriptionOfCorrected(0), sha256: null }
  return {
    ...memo,
    source: descriptionOfCorrected(bytes),
    sha256: null,
    others: memo.others.map((file) => ({ ...file, ...nothing })),
    fields: [],
    inferred: [],
    isFixed: true,
    seen: null,
    postponed: null,
  }
}

export function descriptionOfCorrected(bytes: number): SourceDescription {
  return { dev: 0, ino: 0, size: bytes, mtimeMs: 0, ctimeMs: 0, gzip: false }
}
