import { decoderFor } from './encoding.ts'
import { isMultibyte, type Encoding } from './encoding-names.ts'

const TABLES = new Map<Encoding, ReadonlyMap<string, string>>()

/**
 * The bytes of each character of one or two bytes, as a Latin-1 string. Built by decoding all of
 * them, so that written text round-trips.
 */
export function encodingTable(encoding: Encoding): ReadonlyMap<string, string> {
  let table = TABLES.get(encoding)
  if (table === undefined) {
    table = makeTable(encoding)
    TABLES.set(encoding, table)
  }
  return table
}

function makeTable(encoding: Encoding): Map<string, string> {
  const table = new Map<string, string>()
  const decode = isMultibyte(encoding) ? looseDecoder(encoding) : decoderFor(encoding)
  const learn = (bytes: string) => {
    const text = decode(bytes) ?? ''
    // If a character has two encodings, the first one is the usual one.
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes)
  }
  for (let byte = 0; byte < 256; byte++) learn(String.fromCharCode(byte))
  for (let lead = 0x81; isMultibyte(encoding) && lead < 0xff; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++) learn(String.fromCharCode(lead, trail))
  }
  return table
}

/** Avoids an exception for each of the many invalid sequences. */
function looseDecoder(encoding: Encoding): (bytes: string) => string {
  const decoder = new TextDecoder(encoding)
  return (bytes) => decoder.decode(Buffer.from(bytes, 'latin1'))
}
