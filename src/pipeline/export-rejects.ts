import type { Message } from '../domain/messages.ts'
import type { Reject } from '../domain/reject.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import { tokenize } from './delimited.ts'
import { detectEncoding, encodeCharacter, type Encoding } from './encoding.ts'
import type { ImportMemo } from './import-plan.ts'
import { REJECT_COLUMNS } from './reject-columns.ts'
import { openSource } from './source.ts'

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
    const tail = values.map((value) => memo.delimiter + quoted(value, memo.delimiter)).join('')
    return Buffer.concat([raw, encode(tail + lineEnd)])
  }

  const { mark, header, lineEnd } = await opening(specification, memo, encode)
  if (mark.length > 0) yield mark
  if (specification.header) yield line(header, [...REJECT_COLUMNS], lineEnd)

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
type Opening = { mark: Buffer; header: Buffer; lineEnd: string }

/** Of the source as it lies there; where it is gone, of what is remembered. */
async function opening(
  { path }: ImportSpecification,
  memo: ImportMemo,
  encode: Encode,
): Promise<Opening> {
  try {
    return await readOpening(path, memo)
  } catch {
    const { header, delimiter, encoding } = memo
    const names = header.map((name) => quoted(name, delimiter)).join(delimiter)
    const mark = encoding.startsWith('utf-16') ? encode('\ufeff') : Buffer.alloc(0)
    return { mark, header: encode(names), lineEnd: '\n' }
  }
}

async function readOpening(path: string, { encoding, delimiter }: ImportMemo): Promise<Opening> {
  for await (const chunk of await openSource(path, { offset: 0 })) {
    const mark = chunk.subarray(0, detectEncoding(chunk).bomBytes)
    const source = await openSource(path, { offset: mark.length })
    const from = { encoding, delimiter, offset: mark.length, line: 1, record: 0 }
    for await (const { records } of tokenize(source, from)) {
      const [first] = records
      if (first === undefined) continue
      const end = chunk.toString('latin1', first.offset + first.raw.length, first.end)
      return {
        mark,
        header: Buffer.from(first.raw, 'latin1'),
        lineEnd: end.includes('\r') && end.includes('\n') ? '\r\n' : '\n',
      }
    }
  }
  return { mark: Buffer.alloc(0), header: Buffer.alloc(0), lineEnd: '\n' }
}

function quoted(value: string, delimiter: string): string {
  const isPlain = !value.includes(delimiter) && !/["\r\n]/.test(value)
  return isPlain ? value : `"${value.replaceAll('"', '""')}"`
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
