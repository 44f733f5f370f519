import type { JobKind } from '../jobs/job.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../specification/parse-specification.ts'
import { sharedParts } from '../specification/specification-file.ts'
import type { JobType } from '../states/status.ts'

/** Parts of a specification. The file is never among them: it is what differs from job to job. */
export type TemplateParts = Readonly<Record<string, unknown>>

/** A specification with a name. */
export type Template = {
  /** What jobs and addresses know it by: a number, or a word for one that ships with the program. */
  key: string
  /** For one that ships with the program, its key; pages have a name for it in their language. */
  name: string
  description: string
  type: JobType
  parts: TemplateParts
  /** When and by whom it was saved; null: it ships with the program, and cannot be changed. */
  saved: { at: string; by: string } | null
}

/** What is decided anew for every job. */
const PARTS_OF_ONE_RUN = ['path', 'morePaths', 'dryRun']

/** What a template keeps of the specification of a job. */
export function templateParts(kind: JobKind): TemplateParts {
  return withoutFile(sharedParts(kind))
}

/** The parts of a specification that a template can have. */
export function withoutFile(parts: TemplateParts): TemplateParts {
  const kept = Object.entries(parts).filter(([part]) => !PARTS_OF_ONE_RUN.includes(part))
  return Object.fromEntries(kept)
}

/**
 * A template as a specification, with the usual values of what it leaves open. File and table are
 * empty where it names none.
 * @throws InvalidInputError for parts that make no specification
 */
export function templateKind({ type, parts }: Pick<Template, 'type' | 'parts'>): JobKind {
  const { table } = parts
  const open = { path: '', table: typeof table === 'string' ? table : '' }
  const given = { ...parts, path: 'file', table: open.table || 'table' }
  return type === 'import'
    ? { type, specification: { ...parseImportSpecification(given), ...open } }
    : {
        type,
        specification: { ...parseExportSpecification({ replace: false, ...given }), ...open },
      }
}

/** The table that it names; undefined for one that is of any table. */
export function tableOf({ parts: { table } }: Pick<Template, 'parts'>): string | undefined {
  return typeof table === 'string' && table !== '' ? table : undefined
}
