import { foldName } from '../../values/find-name.ts'

/** Where each of the columns is among others; -1: nowhere. */
export function columnPlaces(columns: string[], among: string[]): number[] {
  const folded = among.map(foldName)
  const isAlike =
    columns.length === among.length && columns.every((name, at) => foldName(name) === folded[at])
  if (isAlike) return columns.map((_, at) => at)
  return columns.map((name) => (name === '' ? -1 : folded.indexOf(foldName(name))))
}
