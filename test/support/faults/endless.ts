import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

/** What is read of a source before it shows that it does not come to an end. */
export type Endless = {
  head: string
  /** What comes behind it, again and again. */
  filler: string
  header: boolean
  /** Records that can be had of it. */
  processed: number
  packings: readonly Packing[]
}
export type Packing = 'csv' | 'csv.gz'

const BOTH = ['csv', 'csv.gz'] as const
const ANA = 'id,name,age\n1,Ana,30\n'

/** Sources that nobody reads to their end. */
export const ENDLESS: Record<string, Endless> = {
  'a line that never ends': {
    head: ANA,
    filler: '\0',
    header: true,
    processed: 1,
    packings: BOTH,
  },
  'a quote that is never closed': {
    head: `${ANA}2,"`,
    filler: '\0',
    header: true,
    processed: 1,
    packings: BOTH,
  },
  'a first line that never ends': {
    head: '',
    filler: '\0',
    header: true,
    processed: 0,
    packings: BOTH,
  },
  'no good record to tell the columns by': {
    head: '',
    filler: 'x"y\n',
    header: false,
    processed: 0,
    packings: BOTH,
  },
  'nothing but empty lines': {
    head: ANA,
    filler: '\n',
    header: true,
    processed: 1,
    packings: BOTH,
  },
  'gzip in which nothing is packed': {
    head: ANA,
    filler: '',
    header: true,
    // What was read is too little to be looked at.
    processed: 0,
    packings: ['csv.gz'],
  },
}

/** A hole takes no room on the disk. */
const HOLE_BYTES = 40e9
const WRITTEN_BYTES = 64e6
const PACKED_BYTES = 16e6
const MEMBERS = 2_500
const EMPTY_MEMBERS = 12_000_000

export function makeEndless(file: string, { head, filler }: Endless, packing: Packing): void {
  if (packing === 'csv.gz') {
    const packed = filler.repeat(PACKED_BYTES / Math.max(1, filler.length))
    const count = filler === '' ? EMPTY_MEMBERS : MEMBERS
    write(file, gzipSync(head), { piece: gzipSync(packed), count })
  } else if (filler === '\0') {
    writeFileSync(file, head)
    truncateSync(file, HOLE_BYTES)
  } else {
    const piece = Buffer.from(filler.repeat(1e6 / filler.length))
    write(file, Buffer.from(head), { piece, count: WRITTEN_BYTES / piece.length })
  }
}

function write(file: string, head: Buffer, { piece, count }: { piece: Buffer; count: number }) {
  writeFileSync(file, head)
  const together = Math.max(1, Math.floor(1e6 / piece.length))
  const pieces = Buffer.concat(Array.from({ length: together }, () => piece))
  const descriptor = openSync(file, 'a')
  for (let written = 0; written < count; written += together) writeSync(descriptor, pieces)
  closeSync(descriptor)
}
