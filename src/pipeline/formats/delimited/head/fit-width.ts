import type { Message } from '../../../../domain/words/messages.ts'
import {
  commonWidth,
  filledOf,
  isBlank,
  rowsOf,
  type ExpectedHead,
  type HeadRow,
} from './head-rows.ts'
import { unclear } from './unclear.ts'

/** Names of the columns, and the number of extra fields at the end of each record, always empty. */
export type Fitted = { names: string[]; dropped: number; notes: Message[] }

/**
 * Adjusts the names if every record has another number of columns. Only the whole file can show
 * this: if one record fits, the others are damaged.
 * @throws UnusableError if a user must say what the columns are
 */
export function fitWidth(
  names: string[],
  rows: HeadRow[],
  { isStrict, mayLack, mayExceed }: Omit<ExpectedHead, 'known'>,
): Fitted {
  const { width, isClear } = commonWidth(rows)
  const isFit = rows.some(({ isGood, fields }) => isGood && fields.length === names.length)
  const isAllowed = width < names.length ? mayLack : mayExceed
  if (isFit || !isClear || isAllowed) return { names, dropped: 0, notes: [] }
  if (width < names.length) return withoutBlanks(names, rows, width)

  const dropped = width - names.length
  const surplus = rowsOf(rows, width).map((fields) => fields.slice(names.length))
  if (surplus.every((fields) => filledOf(fields) === 0)) {
    return { names, dropped, notes: [{ code: 'TLY-1127', params: { dropped } }] }
  } else if (isStrict || names.length === 1) throw widthOff(names, rows, width)
  const added = Array.from({ length: dropped }, (_, at) => `column_${names.length + at + 1}`)
  return {
    names: [...names, ...added],
    dropped: 0,
    notes: [
      {
        code: 'TLY-1128',
        params: { names: names.length, columns: width, added: added.join(', ') },
      },
    ],
  }
}

/** Removes blank surplus names, which come from a stray delimiter. */
function withoutBlanks(names: string[], rows: HeadRow[], width: number): Fitted {
  const filled = names.filter((name) => !isBlank(name))
  if (filled.length !== width) throw widthOff(names, rows, width)
  const params = { names: names.length, columns: width }
  return { names: filled, dropped: 0, notes: [{ code: 'TLY-1126', params }] }
}

function widthOff(names: string[], rows: HeadRow[], width: number) {
  return unclear('header_width', rows, { names: names.length, columns: width })
}
