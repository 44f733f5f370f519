import type { ByteSink } from '../byte-sink.ts'

const MARK = 0x22
const BACKSLASH = 0x5c
const MOST_BYTES_OF_ONE = 6

/** Escapes for bytes that RFC 8259 forbids in a string. */
const ESCAPES = Array.from({ length: 256 }, (_, byte) => {
  const isPlain = byte >= 0x20 && byte !== MARK && byte !== BACKSLASH
  return isPlain ? undefined : Buffer.from(JSON.stringify(String.fromCharCode(byte)).slice(1, -1))
})

/** Writes a text as a JSON string. Invalid UTF-8 stays unchanged. */
export function putString(sink: ByteSink, text: Buffer, from: number, to: number): void {
  sink.reserve((to - from) * MOST_BYTES_OF_ONE + 2)
  sink.put(MARK)
  for (let at = from; at < to; at++) {
    const byte = text[at] ?? 0
    const escape = ESCAPES[byte]
    if (escape === undefined) sink.put(byte)
    else for (const one of escape) sink.put(one)
  }
  sink.put(MARK)
}
