import type { Message } from '../../../domain/words/messages.ts'
import { textOfValue } from '../../values/typed-value.ts'
import { lineMessage } from '../lines/line-message.ts'
import { readLines, rejectedLines } from '../lines/read-lines.ts'
import type { SourceReader } from '../source-reader.ts'
import { openJsonRecord } from './json-record.ts'
import type { JsonState } from './json-state.ts'
import { maskMembers } from './mask-members.ts'
import { followNames } from './late-names.ts'
import { rewriteObject } from './members.ts'
import { objectOf, withReason } from './reject-members.ts'
import { lineParser, objectIn, type JsonReading } from './parse-line.ts'
import { RAW_COLUMN } from '../reject-columns.ts'

/** Reads and describes a source of JSON Lines. */
export function jsonReader({ format, encoding, header, skipped }: JsonState): SourceReader {
  return {
    ...readLines(lineParser(header)),
    isTyped: true,
    messageOf: (reading: JsonReading, raw) => messageOf(reading) ?? lineMessage(reading, raw),
    follow: followNames,
    atEnd: () => [],
    tell: () => [{ code: 'TLY-1140', params: { columns: header.join(', ') || '–' } }],
    describe: () => ({ format, encoding, skipped_lines: skipped, header }),
    rewrite: (raw, changes) => rewriteObject(bare(raw), changes, header),
    composer: (names) => (reading) => objectOf(reading, names, header),
    lineOf: ({ fields }) => fields.map(textOfValue).join(' '),
    openRejected: (raw, columns, rest = 0) => openJsonRecord(bare(raw), { header, columns, rest }),
    mask: (raw, masked) => maskMembers(bare(raw), masked, header),
    exportRejects: (wanted) => rejectedLines(wanted, '{}', (reject) => withReason(reject, wanted)),
    contentType: 'application/x-ndjson',
  }
}

/** A line as it is read: what an export had as text is its members. */
function bare(raw: Buffer): Buffer {
  if (!raw.includes(RAW_COLUMN)) return raw
  const { text, fault } = objectIn(raw.toString('utf8'))
  return fault === undefined ? Buffer.from(text) : raw
}

function messageOf(reading: JsonReading): Message | undefined {
  switch (reading.flag) {
    case 'no_json':
      return { code: 'TLY-2030', params: { place: reading.place } }
    case 'no_object':
      return { code: 'TLY-2031', params: {} }
    case 'name_twice':
      return { code: 'TLY-2032', params: { name: reading.name } }
    case 'half_character':
      return { code: 'TLY-2033', params: { name: reading.name } }
    case 'nul_character':
      return { code: 'TLY-2034', params: { name: reading.name } }
    default:
      return undefined
  }
}
