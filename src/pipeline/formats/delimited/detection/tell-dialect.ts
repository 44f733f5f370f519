import type { Message } from '../../../../domain/words/messages.ts'
import {
  characterName,
  delimiterName,
  recordEndName,
} from '../../../../domain/formats/delimited/special-characters.ts'
import type { DelimitedState } from '../dialect/delimited-state.ts'

/** Higher confidence needs no warning. */
const SURE = 0.6

/**
 * The dialect and the confidence in it as journal messages, so that a wrong guess can be explained.
 */
export function tellDialect(memo: DelimitedState): Message[] {
  const { encoding, comment, detection } = memo
  const delimiter = memo.delimiter === '\t' ? '\\t' : delimiterName(memo.delimiter)
  const columns = memo.header.join(', ') || '–'
  const journal: Message[] = [{ code: 'TLY-1022', params: { encoding, delimiter, columns } }]
  if (comment !== null) journal.push({ code: 'TLY-1103', params: { comment } })
  if (detection === null) return journal

  const [ofEncoding, ofDelimiter] = [detection.encoding, detection.delimiter]
  journal.push({
    code: 'TLY-1100',
    params: {
      encoding: percentage(ofEncoding.confidence),
      encodings: ofEncoding.alternatives.join(', ') || '–',
      delimiter: percentage(ofDelimiter.confidence),
      delimiters: ofDelimiter.alternatives.map(delimiterName).join(' ') || '–',
      quote: memo.quote === '' ? '–' : characterName(memo.quote),
      escape: memo.escape === '' ? '–' : characterName(memo.escape),
      record_end: memo.recordEnd === null ? 'lf, crlf, cr' : recordEndName(memo.recordEnd),
    },
  })
  if (ofEncoding.confidence < SURE) {
    const others = ofEncoding.alternatives.join(', ') || '–'
    journal.push({
      code: 'TLY-1101',
      params: { encoding, sure: percentage(ofEncoding.confidence), others },
    })
  }
  if (ofDelimiter.confidence < SURE && ofDelimiter.alternatives.length > 0) {
    const others = ofDelimiter.alternatives.map(delimiterName).join(' ')
    journal.push({ code: 'TLY-1102', params: { delimiter, others } })
  }
  return journal
}

function percentage(share: number): number {
  return Math.round(share * 100)
}
