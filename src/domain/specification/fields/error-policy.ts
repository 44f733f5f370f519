/**
 * What becomes of a record with an error in a field: it is written without the field, rejected, or
 * rejected as the last one of the job.
 */
export const ERROR_POLICIES = ['warn', 'reject', 'stop'] as const
export type ErrorPolicy = (typeof ERROR_POLICIES)[number]
