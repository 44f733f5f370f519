import path from 'node:path'
import type { Job, JobKind } from '../../domain/jobs/job.ts'
import { checkTexts, MAX_LABEL } from '../../domain/jobs/job-texts.ts'
import type {
  ExportSpecification,
  ImportSpecification,
} from '../../domain/specification/specification.ts'
import { pathsOf } from '../../domain/specification/stored-path.ts'

/** Characters of the names of several files. */
const MOST_OF_NAMES = 80

export type NewJob = JobKind & {
  label: string
  description?: string | undefined
  targetTable: string
  fileName: string
  /** `start_pending` starts it at once, in the name of its creator. */
  status?: 'editing' | 'start_pending' | undefined
  /** With `start_pending`: the time before which no worker takes it, in ISO-8601 UTC. */
  startAt?: string | null | undefined
  rerunOf?: number | undefined
  copyOf?: number | undefined
  /** The key of the template that it is made from. */
  template?: string | null | undefined
  /** The job whose rejects it imports, and how these are read. */
  repair?: { of: number; memo: string } | undefined
}

/** Names of a job that replace those from its specification. */
type Names = {
  /** Default, also for a blank one: `source → target`. */
  label?: string | undefined
  /** Default: the base name of the path. */
  fileName?: string | undefined
}

/** @throws InvalidInputError for a label that is too long */
export function importJob(
  specification: ImportSpecification,
  { label, fileName = fileNamesOf(pathsOf(specification)) }: Names,
): NewJob {
  const { table } = specification
  return {
    type: 'import',
    specification,
    label: labelOf(label, `${fileName} → ${table}`),
    targetTable: table,
    fileName,
  }
}

/** @throws InvalidInputError for a label that is too long */
export function exportJob(
  specification: ExportSpecification,
  { label, fileName = path.basename(specification.path) }: Names,
): NewJob {
  const { table } = specification
  return {
    type: 'export',
    specification,
    label: labelOf(label, `${table} → ${fileName}`),
    targetTable: table,
    fileName,
  }
}

/** The label that somebody gave to a job; undefined for one that is named after file and table. */
export function givenLabel(job: Job): string | undefined {
  return job.label === usualLabel(job, job.file_name) ? undefined : job.label
}

/** The label of a job that nobody gave one. */
export function usualLabel({ type, specification }: JobKind, fileName: string): string {
  const { label } =
    type === 'import'
      ? importJob(specification, { fileName })
      : exportJob(specification, { fileName })
  return label
}

/** The names of all files, as far as there is room for them, and how many more there are. */
export function fileNamesOf(paths: string[]): string {
  const [first = '', ...others] = paths.map((one) => path.basename(one))
  let text = first
  let left = others.length
  for (const name of others) {
    if (text.length + name.length > MOST_OF_NAMES) break
    text += `, ${name}`
    left--
  }
  return left === 0 ? text : `${text} +${left}`
}

function labelOf(given: string | undefined, usual: string): string {
  if (given === undefined || given.trim() === '') return [...usual].slice(0, MAX_LABEL).join('')
  return checkTexts({ label: given, description: '' }).label
}
