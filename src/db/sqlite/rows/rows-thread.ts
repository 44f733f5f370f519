// Entry point of the thread that ReadingThread starts.
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import type { ReadPlan } from '../../export-rows.ts'
import type { ThreadAnswer, ThreadRequest, Wanted } from './reading-thread.ts'
import { openRows } from './rows.ts'
import { countWanted } from './wanted.ts'

const { file, plan }: { file: string; plan: ReadPlan } = workerData
const memory: ArrayBuffer[] = []
const handle = new Sqlite(file, { readonly: true, timeout: 5_000 })
const read = openRows(handle, plan)

parentPort?.on('message', (wanted: ThreadRequest) => {
  if (wanted === 'end') end()
  try {
    if (wanted === 'count') send({ count: countWanted(handle, plan) }, [])
    else sendPage(wanted)
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error
    send({ message: error.message, code: error.code }, [])
  }
})

function end(): never {
  handle.close()
  // In a worker thread, this ends only the thread.
  process.exit()
}

function sendPage({ after, loose, memory: given }: Exclude<Wanted, 'count'>): void {
  memory.push(...given)
  const { pieces, rows, position } = read(after, loose)
  const { bytes, buffer } = joined(pieces.map((piece) => piece.bytes))
  const isLoose = pieces.some((piece) => piece.lengths !== undefined)
  const lengths = isLoose ? pieces.flatMap((piece) => piece.lengths ?? []) : undefined
  send({ page: { bytes, rows, lengths }, position }, [buffer])
}

function send(answer: ThreadAnswer, moved: ArrayBuffer[]): void {
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
