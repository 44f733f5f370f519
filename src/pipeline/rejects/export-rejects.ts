import type { Message } from '../../domain/words/messages.ts'
import type { Reject } from '../../domain/records/reject.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { Encoding } from '../encodings/encoding-names.ts'
import { encodeCharacter } from '../encodings/encode.ts'
import type { ResumeState } from '../import/plan/import-plan.ts'
import { quotedIn } from '../formats/delimited/dialect/quoted-in.ts'
import { REJECT_COLUMNS } from '../import/plan/reject-columns.ts'

export type RejectsExport = {
  specification: ImportSpecification
  /** How the source is written, as the checkpoint remembers it. */
  memo: ResumeState
  /** In the order of the source; of each record, the first one stands behind it. */
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
  // The options with which the source was read are right for this file too.
  yield encode((memo.recordEnd ?? lineEnd).repeat(specification.skip ?? 0))
  if (specification.header && specification.columns.length === 0) {
    yield line(Buffer.from(names, 'latin1'), [...REJECT_COLUMNS], lineEnd)
    const blanks = blankLine(memo)
    const below = REJECT_COLUMNS.map(() => '')
    for (let at = 1; at < (specification.headerLines ?? 1); at++) yield line(blanks, below, lineEnd)
  }

  let last = 0
  for await (const reject of rejects) {
    if (reject.record === last) continue
    last = reject.record
    const { connector, field, code } = reject
    const values = [reject.line, reject.record, connector, field ?? '', code, text(reject)]
    yield line(reject.raw, values.map(String), lineEnd)
  }
  yield encode(`(--skip-last)${memo.recordEnd ?? lineEnd}`.repeat(specification.skipLast))
}

/** The names as a line of the source, in Latin-1, with a blank for each field behind them. */
export function namesLine(memo: ResumeState): string {
  const names = [...memo.header, ...Array<string>(memo.dropped).fill('')]
  const line = names.map((name) => quotedIn(name, memo)).join(memo.delimiter)
  return encoderFor(memo.encoding)(line).toString('latin1')
}

/** A line of names that adds nothing to those above it; one of delimiters alone would be no line. */
function blankLine({ header, dropped, delimiter, encoding }: ResumeState): Buffer {
  return encoderFor(encoding)(`""${delimiter.repeat(Math.max(0, header.length + dropped - 1))}`)
}

type Encode = (text: string) => Buffer

/** As far as the checkpoints of older versions tell. */
function rememberedHead(memo: ResumeState): NonNullable<ResumeState['head']> {
  const encode = encoderFor(memo.encoding)
  const mark = memo.encoding.startsWith('utf-16') ? encode('\ufeff') : Buffer.alloc(0)
  return { mark: mark.toString('latin1'), line: namesLine(memo), lineEnd: '\n' }
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
