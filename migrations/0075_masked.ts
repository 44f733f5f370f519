import { sql, type Kysely } from 'kysely'

/** Of each job whether its rejects have masks in place of values, which its specification says too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('tallyman_job')
    .addColumn('is_masked', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`is_masked in (0, 1)`),
    )
    .execute()
  // In JSON a quote within a text is escaped: what is looked for is an option of a field.
  await sql`
    update tallyman_job set is_masked = 1
    where type = 'import' and specification like '%"sensitive":true%'`.execute(db)
}
