import type { Message } from '../domain/messages.ts'
import type { Reject } from '../domain/reject.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import type { Encoding } from './dialect/encoding-names.ts'
import { encodeCharacter } from './dialect/encode.ts'
import type { ImportMemo } from './import-plan.ts'
import { quotedIn } from './dialect/quoted-in.ts'
import { REJECT_COLUMNS } from './reject-columns.ts'

export type RejectsExport = {
  specification: ImportSpecification
  /** How the source is written, as the checkpoint remembers it. */
  memo: ImportMemo
  /** In the order of the source. */
  rejects: AsyncIterable<Reject>
  /** The message in the reader's language. */
  text(message: Message): string
}

/**
 * The rejected records as a file that can be corrected and imported again: in the source's own
 * dialect, each with its bytes unchanged and what was said against it behind them.
 */
export async function* exportRejects(wanted: RejectsExport): AsyncGenerator<Buffer> {
  const { specification, memo, rejects, text } = wanted
  const encode = encoderFor(memo.encoding)
  const line = (raw: Buffer, values: string[], lineEnd: string) => {
    const tail = values.map((value) => memo.delimiter + quotedIn(value, memo)).join('')
    return Buffer.concat([raw, encode(tail + (memo.recordEnd ?? lineEnd))])
  }

  const { mark, line: names, lineEnd } = memo.head ?? rememberedHead(memo)
  if (mark.length > 0) yield Buffer.from(mark, 'latin1')
  if (specification.header) yield line(Buffer.from(names, 'latin1'), [...REJECT_COLUMNS], lineEnd)

  let last = 0
  for await (const reject of rejects) {
    if (reject.type === 'warning' || reject.record === last) continue
    last = reject.record
    const { connector, field, code } = reject
    const values = [reject.line, reject.record, connector, field ?? '', code, text(reject)]
    yield line(reject.raw, values.map(String), lineEnd)
  }
}

type Encode = (text: string) => Buffer

/** As far as the checkpoints of older versions tell. */
function rememberedHead(memo: ImportMemo): NonNullable<ImportMemo['head']> {
  const { header, delimiter, encoding } = memo
  const encode = encoderFor(encoding)
  const mark = encoding.startsWith('utf-16') ? encode('\ufeff') : Buffer.alloc(0)
  const names = encode(header.map((name) => quotedIn(name, memo)).join(delimiter))
  return { mark: mark.toString('latin1'), line: names.toString('latin1'), lineEnd: '\n' }
}

/** A character that the encoding does not have becomes a question mark. */
function encoderFor(encoding: Encoding): Encode {
  const known = new Map<string, string>()
  const encodeOne = (character: string) => {
    const bytes = known.get(character) ?? encodeCharacter(character, encoding) ?? '?'
    known.set(character, bytes)
    return bytes
  }
  return (text) => Buffer.from([...text].map(encodeOne).join(''), 'latin1')
}
