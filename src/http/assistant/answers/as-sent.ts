import { isDeepStrictEqual } from 'node:util'
import { InvalidInputError } from '../../../domain/words/errors.ts'

type SentTexts = Readonly<Partial<Record<string, string | undefined>>>

/** The inputs of several lines; the others have one. */
const LONG: ReadonlySet<string> = new Set(['enumeration'])

/**
 * Whether a form can say a part of a specification: whether its answers, as a browser sends them,
 * lead back to exactly that part.
 */
export function canSay<Part>(
  part: Part,
  answers: SentTexts,
  read: (sent: SentTexts) => Part,
): boolean {
  try {
    return isDeepStrictEqual(read(asSent(answers)), part)
  } catch (error) {
    if (error instanceof InvalidInputError) return false
    throw error
  }
}

/**
 * An input of one line has no ends of lines; in one of several, the end that comes first belongs to
 * the markup (HTML, "The textarea element"), and each is sent as CR LF.
 */
function asSent(answers: SentTexts): SentTexts {
  const sent = Object.entries(answers).map(([name, text = '']) => [
    name,
    LONG.has(name)
      ? text.replace(/^\r?\n/, '').replace(/\r\n?|\n/g, '\r\n')
      : text.replace(/[\r\n]/g, ''),
  ])
  return Object.fromEntries(sent)
}
