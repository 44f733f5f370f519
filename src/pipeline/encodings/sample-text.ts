import { trimEndOf } from '../../domain/texts/shorten.ts'

const SAMPLE_BYTES = 100

/** The beginning of a UTF-8 text, for a message. */
export function sampleOf(bytes: Buffer): string {
  const isWhole = bytes.length <= SAMPLE_BYTES
  // The cut may split a character.
  const text = bytes.toString('utf8', 0, SAMPLE_BYTES)
  return isWhole ? text : `${trimEndOf(text, '\ufffd')}…`
}
