import { sql, type Kysely } from 'kysely'

/** Of each job whether it is a dry run, which its specification says too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('tallyman_job')
    .addColumn('dry_run', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`dry_run in (0, 1)`),
    )
    .execute()
  // In JSON a quote within a text is escaped: what is looked for is the specification's own part.
  await sql`update tallyman_job set dry_run = 1 where specification like '%"dryRun":true%'`.execute(
    db,
  )
}
