type Texts = Readonly<Record<string, string>>

/** The answers with the change that a button moves in the place of its neighbour. */
export function withMoved(typed: Texts): Texts {
  const [, row, place, way] = /^(\w+) (\d+) (up|down)$/.exec(typed['move'] ?? '') ?? []
  if (row === undefined) return typed
  const [from, to] = [Number(place), Number(place) + (way === 'up' ? -1 : 1)]
  const swapped = ['change', 'first', 'second'].flatMap((name): [string, string][] => [
    [`${name}-${row}-${from}`, typed[`${name}-${row}-${to}`] ?? ''],
    [`${name}-${row}-${to}`, typed[`${name}-${row}-${from}`] ?? ''],
  ])
  return { ...typed, ...Object.fromEntries(swapped) }
}
