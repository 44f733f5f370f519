import { MASK } from '../../../domain/records/mask.ts'
import { membersOf, stringAt } from './members.ts'

/**
 * A line with the mask in place of the members in some columns, and of those that no column has;
 * undefined if it is damaged.
 */
export function maskMembers(
  raw: Buffer,
  columns: ReadonlySet<number>,
  header: string[],
): Buffer | undefined {
  const text = raw.toString('utf8')
  const { all, isWhole } = membersOf(text)
  if (!isWhole) return undefined
  let masked = ''
  let done = 0
  for (const { nameFrom, nameTo, from, to } of all) {
    const name = stringAt(text, nameFrom, nameTo)
    const column = name === undefined ? -1 : header.indexOf(name)
    if (column !== -1 && !columns.has(column)) continue
    masked += `${text.slice(done, from)}"${MASK}"`
    done = to
  }
  return Buffer.from(masked + text.slice(done))
}
