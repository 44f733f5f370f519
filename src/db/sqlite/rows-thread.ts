// What openRowsBeside starts.
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import type { ReadPlan } from '../target.ts'
import type { Answer, Wanted } from './rows-beside.ts'
import { openRows } from './rows.ts'

const { file, plan }: { file: string; plan: ReadPlan } = workerData
const memory: ArrayBuffer[] = []
const read = openRows(new Sqlite(file, { readonly: true, timeout: 5_000 }), plan)

parentPort?.on('message', (wanted: Wanted) => {
  memory.push(...wanted.memory)
  try {
    const { pieces, rows, position } = read(wanted.after, wanted.decoded)
    const { bytes, buffer } = joined(pieces)
    send({ page: { bytes, rows }, position }, [buffer])
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error
    send({ message: error.message, code: error.code }, [])
  }
})

function send(answer: Answer, moved: ArrayBuffer[]): void {
  parentPort?.postMessage(answer, moved)
}

function joined(pieces: Buffer[]) {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const spare = memory.pop()
  const buffer = spare && spare.byteLength >= length ? spare : new ArrayBuffer(length)
  const bytes = Buffer.from(buffer, 0, length)
  let at = 0
  for (const piece of pieces) at += piece.copy(bytes, at)
  return { bytes, buffer }
}
