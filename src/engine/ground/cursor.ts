import type { z } from 'zod'
import { InvalidInputError } from '../../domain/words/errors.ts'

/** Encodes a position in a list as a URL-safe text (base64url of JSON). */
export function writeCursor(place: (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** @throws InvalidInputError when the text is not a cursor of this schema */
export function readCursor<Place>(text: string, schema: z.ZodType<Place>): Place {
  const place = schema.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
  if (place.success) return place.data
  throw new InvalidInputError({ problem: 'no_page' })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
