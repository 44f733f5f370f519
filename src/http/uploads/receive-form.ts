import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import busboy from 'busboy'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { tooManyFiles } from '../forms/chosen-files.ts'
import { RequestRefusal } from '../ground/request-refusal.ts'

/** A form that uploads has files and few short fields. */
const LIMITS = { fields: 20, fieldSize: 64 * 1024, headerPairs: 100 }

type ReceiveFile<Received> = (name: string, bytes: AsyncIterable<Uint8Array>) => Promise<Received>

/**
 * Streams a multipart form, whose files go to `receive` while they arrive, one after the other.
 * @param most the number of files that are taken
 * @throws InvalidInputError for a body that is no such form, or has no file or too many
 */
export async function receiveForm<Received>(
  request: Request,
  most: number,
  receive: ReceiveFile<Received>,
): Promise<Received[]> {
  const parser = parserOf(request, most)
  const receiving: Promise<Received>[] = []
  parser.on('file', (_field, bytes, { filename }) => {
    // A form that is cut off may end before anybody reads the file, who is told all the same.
    bytes.on('error', () => undefined)
    if (!filename) {
      bytes.resume()
      return
    }
    const one = receive(filename, bytes)
    // It is thrown below, once the rest is read to its end: who still sends would not see an answer.
    one.catch((error: unknown) => {
      if (isSilent(error)) parser.destroy(error)
      else bytes.resume()
    })
    receiving.push(one)
  })
  let isTooMany = false
  for (const limit of ['filesLimit', 'partsLimit'] as const) {
    parser.on(limit, () => (isTooMany = true))
  }
  const { body } = request
  if (body === null) throw noUpload()
  const arriving = pipeline(Readable.fromWeb(webStream(body)), parser)
  const [arrived] = await Promise.allSettled([arriving])
  // What went wrong with a file says more than that the form ended there.
  const received = await Promise.all(receiving).catch(whyNot(request))
  if (arrived.status === 'rejected') throw brokenForm(request, arrived.reason)
  if (isTooMany) throw tooManyFiles(most)
  if (received.length === 0) throw noUpload()
  return received
}

function parserOf({ headers }: Request, files: number): busboy.Busboy {
  try {
    return busboy({
      headers: { 'content-type': headers.get('content-type') ?? '' },
      defParamCharset: 'utf8',
      limits: { ...LIMITS, files, parts: files + LIMITS.fields },
    })
  } catch (error) {
    throw new InvalidInputError({ problem: 'no_form' }, { cause: error })
  }
}

function whyNot(request: Request) {
  return (error: unknown): never => {
    throw isOfForm(error) ? brokenForm(request, error) : error
  }
}

/** A client that hung up reads no answer; otherwise the form itself is cut short. */
function brokenForm({ signal }: Request, error: unknown): unknown {
  if (signal.aborted) return signal.reason
  return new InvalidInputError({ problem: 'upload_broken' }, { cause: error })
}

/** The parser throws plain errors without a code; its file may be closed before it is read. */
function isOfForm(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const isClosed = 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
  return isClosed || error.message === 'Unexpected end of form'
}

function noUpload(): InvalidInputError {
  return new InvalidInputError({ problem: 'no_upload' })
}

/** Nothing more comes of what has stopped arriving. */
function isSilent(error: unknown): error is RequestRefusal {
  return error instanceof RequestRefusal && error.status === 408
}

/** The same stream; its types in the browser's words and in Node's differ. */
function webStream(body: NonNullable<Request['body']>): ReadableStream<Uint8Array> {
  return body
}
