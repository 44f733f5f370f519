import path from 'node:path'
import { checkTexts, MAX_LABEL } from '../../domain/jobs/job-texts.ts'
import type {
  ExportSpecification,
  ImportSpecification,
} from '../../domain/specification/specification.ts'
import type { NewJob } from './jobs.ts'

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
  { label, fileName = path.basename(specification.path) }: Names,
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

function labelOf(given: string | undefined, usual: string): string {
  if (given === undefined || given.trim() === '') return [...usual].slice(0, MAX_LABEL).join('')
  return checkTexts({ label: given, description: '' }).label
}
