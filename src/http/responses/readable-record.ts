import type { Job } from '../../domain/jobs/job.ts'
import type { RawHead } from '../../domain/records/reject.ts'
import { trimEndOf } from '../../domain/texts/shorten.ts'
import { decoderFor } from '../../pipeline/encodings/encoding.ts'
import { importMemo, type ResumeState } from '../../pipeline/import/opening/resume-state.ts'

/** A record is shown up to here; one may be as long as a book. */
const MOST_BYTES = 240

/** How the source of an import is written, once it was opened. */
export function dialectOf(job: Job): ResumeState | undefined {
  if (job.type !== 'import') return undefined
  return importMemo.safeParse(job.checkpoint?.memo).data
}

/**
 * The beginning of a record as text: in its own encoding where it is valid in that, and else with
 * U+FFFD for what is not.
 */
export function readableRecord(
  { head, bytes: all }: RawHead,
  dialect: ResumeState | undefined,
): string {
  const encoding = dialect?.encoding ?? 'utf-8'
  const bytes = head.subarray(0, MOST_BYTES)
  const text =
    decoderFor(encoding)(bytes.toString('latin1')) ?? new TextDecoder(encoding).decode(bytes)
  // A cut may be within a character.
  return all > MOST_BYTES ? `${trimEndOf(text, '\ufffd')} …` : text
}
