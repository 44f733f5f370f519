import path from 'node:path'

const PATHS = ['path', 'first', 'in_file']

/** What is told of the files of an import, by their names: where they lie is the server's own. */
export function withNames<Told extends object>(told: Told): Told {
  const named = Object.entries(told).map(([part, value]) => [
    part,
    PATHS.includes(part) && typeof value === 'string' ? path.basename(value) : inside(value),
  ])
  return { ...told, ...Object.fromEntries(named) }
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside)
  return typeof value === 'object' && value !== null ? withNames(value) : value
}
