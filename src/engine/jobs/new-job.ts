import path from 'node:path'
import type { Job } from '../../domain/jobs/job.ts'
import { checkTexts, MAX_LABEL } from '../../domain/jobs/job-texts.ts'
import type {
  ExportSpecification,
  ImportSpecification,
} from '../../domain/specification/specification.ts'
import { pathsOf } from '../../domain/specification/stored-path.ts'
import type { NewJob } from './jobs.ts'

/** Characters of the names of several files. */
const MOST_OF_NAMES = 80

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
  const { specification, type, file_name: fileName } = job
  const { label } =
    type === 'import'
      ? importJob(specification, { fileName })
      : exportJob(specification, { fileName })
  return job.label === label ? undefined : job.label
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
