import { trimEndOf } from '../../domain/texts/shorten.ts'

const SAMPLE_BYTES = 100

/** The beginning of a text in UTF-8, for a message. */
export function sampleOf(bytes: Buffer): string {
  const isWhole = bytes.length <= SAMPLE_BYTES
  // A character may have been cut in two.
  const text = bytes.toString('utf8', 0, SAMPLE_BYTES)
  return isWhole ? text : `${trimEndOf(text, '\ufffd')}…`
}
