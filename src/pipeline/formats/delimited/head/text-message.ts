import type { Message } from '../../../../domain/words/messages.ts'
import { MAX_RECORD_BYTES } from '../../limits.ts'
import { doubtIn } from '../../../encodings/encoding-doubt.ts'
import { widthOf, type DelimitedState } from '../dialect/delimited-state.ts'
import { headMessage } from './head-message.ts'
import type { RecordText } from '../tokenizer/record-text.ts'

/** The message of the text connector for an unreadable record; undefined if it is readable. */
export function textMessage(
  { flag, fields }: RecordText,
  memo: DelimitedState,
  raw: () => string,
): Message | undefined {
  const { encoding } = memo
  if (flag === undefined) return headMessage(fields, memo)
  switch (flag) {
    case 'bare_quote':
      return { code: 'TLY-2001', params: {} }
    case 'text_after_quote':
      return { code: 'TLY-2002', params: {} }
    case 'columns':
      return { code: 'TLY-2003', params: { expected: widthOf(memo), found: fields.length } }
    case 'unterminated_quote':
      return { code: 'TLY-2004', params: {} }
    case 'encoding':
      return { code: 'TLY-2005', params: { encoding, ...doubtIn(raw(), encoding) } }
    case 'too_long':
      return { code: 'TLY-2006', params: { limit: MAX_RECORD_BYTES } }
    case 'nul':
      return { code: 'TLY-2007', params: {} }
  }
}
