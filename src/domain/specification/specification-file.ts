import { jsonFault, repeatedName } from '../texts/json-fault.ts'
import { shorten } from '../texts/shorten.ts'
import type { Problem } from '../words/problems.ts'
import { faultsOf, type SpecificationFault } from './faults.ts'
import {
  exportParts,
  importParts,
  type ExportSpecification,
  type ImportSpecification,
} from './specification.ts'

/** What a specification is of: the parts of a job that a file can hold. */
type Specified =
  | { type: 'import'; specification: ImportSpecification }
  | { type: 'export'; specification: ExportSpecification }

/** A specification file is wrong, perhaps in several places. */
export class WrongSpecificationError extends Error {
  override name = 'WrongSpecificationError'
  readonly path: string
  readonly faults: readonly SpecificationFault[]

  constructor(path: string, faults: readonly SpecificationFault[]) {
    super(JSON.stringify(faults))
    this.path = path
    this.faults = faults
  }
}

/** Maximum size of a specification file, in bytes; the longest enumerations fit in it. */
export const MAX_FILE_BYTES = 4 * 1024 * 1024
/** Deeper than any specification. */
const MOST_LEVELS = 30
const MOST_FAULTS = 20

/** Parts that belong to one job alone: how its file came to be where it is. */
const OF_IMPORT = importParts.omit({ beneath: true, moreBeneath: true, spooled: true })
const OF_EXPORT = exportParts.omit({ place: true })
const OWN_PARTS = ['beneath', 'moreBeneath', 'spooled', 'place']

/** A specification as a file that `readSpecification` reads. */
export function printSpecification({ type, ...specified }: Specified): string {
  return printParts(type, sharedParts(specified))
}

export function printParts(type: Specified['type'], parts: Record<string, unknown>): string {
  return `${JSON.stringify({ type, ...parts }, null, 2)}\n`
}

/** The parts of a specification that another job can have. */
export function sharedParts({ specification }: Pick<Specified, 'specification'>) {
  const parts = Object.entries(specification).filter(([part]) => !OWN_PARTS.includes(part))
  return Object.fromEntries<unknown>(parts)
}

/**
 * The parts of a specification that a file has; others may be missing. The file may come from
 * anywhere.
 * @throws WrongSpecificationError with all that is wrong
 */
export function readSpecification(
  text: string,
  { type, path }: { type: Specified['type']; path: string },
): Record<string, unknown> {
  const refuse = (problem: Problem, at: string[] = []): never => {
    throw new WrongSpecificationError(path, [{ at, problem }])
  }
  const json = parsed(text)
  if (json === undefined) return refuse({ problem: 'no_json', ...placeIn(text, jsonFault(text)) })
  const { value: given } = json
  const deep = hostilePart(given)
  if (deep !== undefined) return refuse(deep.problem, deep.at)
  const twice = repeatedName(text)
  if (twice !== undefined) {
    const [{ line: first }, { line }] = [placeIn(text, twice.first), placeIn(text, twice.again)]
    return refuse({ problem: 'part_twice', name: shorten(twice.name), first, line })
  }
  if (!isRecord(given)) return refuse({ problem: 'no_specification' })
  const { type: named, ...parts } = given
  const other = otherKind(given, type)
  if (other !== undefined) return refuse(other)
  if (named !== undefined && named !== type) {
    return refuse({ problem: 'no_choice', choices: type }, ['type'])
  }
  const result = (type === 'import' ? OF_IMPORT : OF_EXPORT).safeParse(parts)
  if (result.success) return parts
  throw new WrongSpecificationError(path, faultsOf(result.error).slice(0, MOST_FAULTS))
}

/** What a file says that it is of, whatever else it has; undefined where it does not say. */
export function typeSaidIn(text: string): Specified['type'] | undefined {
  const given = parsed(text)?.value
  const type = isRecord(given) ? given['type'] : undefined
  return type === 'import' || type === 'export' ? type : undefined
}

/** What a file that is no specification of the type is instead, where that can be told. */
function otherKind(given: Record<string, unknown>, type: Specified['type']): Problem | undefined {
  // The output of --json has these names, and no specification has.
  if ('specification' in given || 'templates' in given) {
    return { problem: 'template_for_specification' }
  }
  if ('counters' in given || 'jobs' in given) return { problem: 'job_for_specification' }
  if (given['type'] === type) return undefined
  if (given['type'] === 'import') return { problem: 'specification_of_import' }
  return given['type'] === 'export' ? { problem: 'specification_of_export' } : undefined
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function placeIn(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split('\n')
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}

/** Found without recursion, since the value may be deeper than the stack. */
function hostilePart(value: unknown): SpecificationFault | undefined {
  const waiting: { at: string[]; part: unknown }[] = [{ at: [], part: value }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { at, part } = next
    if (typeof part !== 'object' || part === null) continue
    if (at.length === MOST_LEVELS) return { at: at.slice(0, 3), problem: { problem: 'too_deep' } }
    for (const [name, inner] of Object.entries(part)) {
      // It would be taken for the prototype of what it is copied into.
      if (name === '__proto__') return { at: [...at, name], problem: { problem: 'unknown_part' } }
      waiting.push({ at: [...at, name], part: inner })
    }
  }
  return undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
