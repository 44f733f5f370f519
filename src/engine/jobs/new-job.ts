import path from 'node:path'
import { checkTexts, MAX_LABEL } from '../../domain/jobs/job-texts.ts'
import type {
  ExportSpecification,
  ImportSpecification,
} from '../../domain/specification/specification.ts'
import type { NewJob } from './jobs.ts'

/** What a job is called where the specification's own words do not serve. */
type Names = {
  /** Left out or blank: from where to where. */
  label?: string | undefined
  /** Left out: the last part of the path. */
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
