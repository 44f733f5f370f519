import type { Job } from '../../domain/jobs/job.ts'
import type { RawHead } from '../../domain/records/reject.ts'
import { trimEndOf } from '../../domain/texts/shorten.ts'
import { decoderFor } from '../../pipeline/encodings/encoding.ts'
import { importState, type ResumeState } from '../../pipeline/import/opening/resume-state.ts'

/** Maximum number of bytes shown of a record, which may be as long as a book. */
const MOST_BYTES = 240

/** The format of an import's source, once it has been opened. */
export function dialectOf(job: Job): ResumeState | undefined {
  if (job.type !== 'import') return undefined
  return importState.safeParse(job.checkpoint?.memo).data
}

/** The start of a record as text in its encoding, with U+FFFD for invalid bytes. */
export function readableRecord(
  { head, bytes: all }: RawHead,
  dialect: ResumeState | undefined,
): string {
  const encoding = dialect?.encoding ?? 'utf-8'
  const bytes = head.subarray(0, MOST_BYTES)
  const text =
    decoderFor(encoding)(bytes.toString('latin1')) ?? new TextDecoder(encoding).decode(bytes)
  // The cut may split a character.
  return all > MOST_BYTES ? `${trimEndOf(text, '\ufffd')} …` : text
}
