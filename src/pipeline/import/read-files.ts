import type { Position } from '../../domain/jobs/checkpoint.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import type { Message } from '../../domain/words/messages.ts'
import { isStop, type RunPorts } from '../ports.ts'
import { hashInBackground } from '../source/background-hash.ts'
import { soundWindows } from '../source/sound-windows.ts'
import type { BatchWriter } from './batch-writer.ts'
import { holdingBack } from './feeds/holding-back.ts'
import { feedOf } from './feeds/record-feed.ts'
import { isPastLast, toldAtEnd, untilRecord, windowsUntil } from './feeds/until-record.ts'
import type { ImportSource } from './opening/import-source.ts'

type Reading = { specification: ImportSpecification; ports: RunPorts; position: Position }

/** The place behind the last record that was read, and what is to be told of it. */
type End = { position: Position; empty: number; told: Message[] }

/** Reads and writes the records of all files from a position on, one file after the other. */
export async function readFiles(
  source: ImportSource,
  writer: BatchWriter,
  { specification, ports, position }: Reading,
): Promise<End | 'stop'> {
  const last = source.files.length - 1
  for (let from = position; ;) {
    const end = await readFile(source, writer, { specification, ports, position: from })
    const isLast = (from.file ?? 0) === last
    if (end === 'stop' || isLast || isPastLast(end, specification)) return end
    from = writer.course.leave(end, end.told)
  }
}

async function readFile(
  source: ImportSource,
  writer: BatchWriter,
  { specification, ports, position: from }: Reading,
): Promise<End | 'stop'> {
  const { file = 0 } = from
  const identity = source.files[file]
  if (identity === undefined) throw new Error(`no file ${file}`)
  const { memo } = writer.course.reached
  const isEnd = (error: unknown) => isStop(error, ports)
  const open = source.records({ file, memo, from, isStop: isEnd })
  const hash = hashInBackground(identity)
  try {
    const { gzip } = identity.description
    const bytesRead = ({ offset }: Position) => (gzip ? open.bytesRead : (offset ?? open.bytesRead))
    writer.course.enter({ file, source: identity, bytesRead })
    const { records, windows } = open
    const held = holdingBack(feedOf(records, file), records, specification.skipLast)
    const feed = untilRecord(held, specification)
    const sound = soundWindows(windows, identity, hash)
    for await (const _ of windowsUntil(sound, feed, specification)) {
      if ((await writer.write(feed)) === 'stop') return 'stop'
    }
    const { position, empty } = feed
    return { position, empty, told: toldAtEnd(records, specification) }
  } finally {
    hash.stop()
  }
}
