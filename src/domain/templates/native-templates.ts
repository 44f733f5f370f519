import {
  COMMON_WRITING,
  EXCEL_READING,
  EXCEL_WRITING,
} from '../formats/delimited/common-dialects.ts'
import type { Job } from '../jobs/job.ts'
import type { Template } from './template.ts'

export const NATIVE_KEYS = [
  'excel-import',
  'json-lines-import',
  'excel-export',
  'csv-export',
  'json-lines-export',
] as const
export type NativeKey = (typeof NATIVE_KEYS)[number]

const JSON_LINES = { format: 'json_lines', encoding: 'utf-8' }

/** The templates that ship with the program: of any table, and only about how files are written. */
const NATIVES: Record<NativeKey, Pick<Template, 'type' | 'parts'>> = {
  'excel-import': { type: 'import', parts: EXCEL_READING },
  'json-lines-import': { type: 'import', parts: JSON_LINES },
  'excel-export': { type: 'export', parts: EXCEL_WRITING },
  'csv-export': { type: 'export', parts: COMMON_WRITING },
  'json-lines-export': { type: 'export', parts: JSON_LINES },
}

export const NATIVE_TEMPLATES: readonly Template[] = NATIVE_KEYS.map((key) => ({
  ...NATIVES[key],
  key,
  name: key,
  description: '',
  saved: null,
}))

export function isNativeKey(text: string): text is NativeKey {
  return NATIVE_KEYS.some((key) => key === text)
}

/**
 * Whether a job is one of a template that somebody saved. Those that ship with the program are of
 * any table, so that their jobs have little in common.
 */
export function hasOwnTemplate({ template }: Pick<Job, 'template'>): boolean {
  return template !== null && !isNativeKey(template)
}
