import { sql } from 'kysely'

/** In JSON a quote within a text is escaped: what is looked for is the specification's own part. */
const DRY_RUN = '%"dryRun":true%'

/** Whether a row of jobs is of a dry run, for a condition. */
export const ofDryRun = sql<boolean>`specification like ${DRY_RUN}`

/** The same as a value that every database gives back as it is. */
export const dryRunFlag = sql<0 | 1>`case when ${ofDryRun} then 1 else 0 end`
