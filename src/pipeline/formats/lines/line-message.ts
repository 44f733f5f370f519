import type { Message } from '../../../domain/words/messages.ts'
import { doubtIn } from '../../encodings/encoding-doubt.ts'
import { MAX_RECORD_BYTES } from '../limits.ts'
import type { RecordReading } from '../source-reader.ts'

/** The message for invalid text or an oversized line; undefined for other flags. */
export function lineMessage({ flag }: RecordReading, raw: () => string): Message | undefined {
  switch (flag) {
    case 'encoding':
      return {
        code: 'TLY-2005',
        params: { encoding: 'utf-8', ...doubtIn(raw(), 'utf-8') },
      }
    case 'too_long':
      return { code: 'TLY-2006', params: { limit: MAX_RECORD_BYTES } }
    case 'nul':
      return { code: 'TLY-2007', params: {} }
    default:
      return undefined
  }
}
