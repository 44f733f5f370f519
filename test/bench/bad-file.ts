import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'

/** Every hundredth record is bad: by its type, by a rule of the table, or by the key of another. */
const BAD_EVERY = 100

/** The file of the benches with bad records. */
export async function writeBadFile(file: string, bad: string): Promise<void> {
  await pipeline(badLines(file), createWriteStream(bad))
}

async function* badLines(file: string): AsyncGenerator<string> {
  let record = -1
  for await (const line of createInterface({ input: createReadStream(file) })) {
    record++
    const cells = line.split(',')
    const kind = record > 0 && record % BAD_EVERY === 0 ? (record / BAD_EVERY) % 3 : undefined
    if (kind === 0) cells[6] = 'soon'
    else if (kind === 1) cells[8] = '-1'
    else if (kind === 2) cells[0] = String(record - 7)
    yield `${cells.join(',')}\n`
  }
}
