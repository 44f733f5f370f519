import { sql } from 'kysely'
import type { Db } from '../../store.ts'

/**
 * The parts that the migrations have made and that are not there or switched off. They are listed,
 * since to make them once more for a comparison would take rights that Tallyman need not have.
 */
export async function missingParts(db: Db): Promise<string[]> {
  const found = new Set(await partsIn(db))
  return PARTS.filter((name) => !found.has(name))
}

/** Tables, indexes, triggers that are on, and the conditions of rows. */
export async function partsIn(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with own as (
      select oid, relname from pg_class
      where relname like 'tallyman!_%' escape '!' and relkind in ('r', 'i') and relnamespace =
        (select relnamespace from pg_class where oid = 'tallyman_migration'::regclass)
    )
    select relname as name from own
    union all select tgname from pg_trigger join own on own.oid = tgrelid
      where not tgisinternal and tgenabled <> 'D'
    union all select conname from pg_constraint join own on own.oid = conrelid where contype = 'c'
    order by name`.execute(db)
  return rows.map(({ name }) => name)
}

/** All but the index of texts, which needs an extension. */
export const PARTS = [
  'tallyman_change',
  'tallyman_change_pk',
  'tallyman_clock',
  'tallyman_clock_id_check',
  'tallyman_clock_pkey',
  'tallyman_correction',
  'tallyman_correction_pk',
  'tallyman_file',
  'tallyman_file_by_unused',
  'tallyman_file_piece',
  'tallyman_file_piece_pk',
  'tallyman_file_pkey',
  'tallyman_form',
  'tallyman_form_pkey',
  'tallyman_gap',
  'tallyman_gap_pkey',
  'tallyman_job',
  'tallyman_job_by_claim',
  'tallyman_job_by_dated_at',
  'tallyman_job_by_duration_ms',
  'tallyman_job_by_ended_at',
  'tallyman_job_by_import',
  'tallyman_job_by_label_key',
  'tallyman_job_by_processed',
  'tallyman_job_by_rejects',
  'tallyman_job_by_result',
  'tallyman_job_by_short_text',
  'tallyman_job_by_status',
  'tallyman_job_by_status_and_dated_at',
  'tallyman_job_by_status_and_duration_ms',
  'tallyman_job_by_status_and_ended_at',
  'tallyman_job_by_status_and_label_key',
  'tallyman_job_by_status_and_processed',
  'tallyman_job_by_status_and_rejects',
  'tallyman_job_by_table',
  'tallyman_job_by_template',
  'tallyman_job_by_type_and_status',
  'tallyman_job_copies',
  'tallyman_job_counted',
  'tallyman_job_dry_run_check',
  'tallyman_job_file',
  'tallyman_job_file_by_file',
  'tallyman_job_file_pk',
  'tallyman_job_held',
  'tallyman_job_is_masked_check',
  'tallyman_job_over',
  'tallyman_job_pkey',
  'tallyman_job_status_check',
  'tallyman_job_type_check',
  'tallyman_job_with_open_rejects',
  'tallyman_job_with_rejects',
  'tallyman_job_with_rejects_by_duration',
  'tallyman_job_with_rejects_by_ended_at',
  'tallyman_job_with_rejects_by_label',
  'tallyman_job_with_rejects_by_status',
  'tallyman_journal',
  'tallyman_journal_by_job',
  'tallyman_journal_by_level',
  'tallyman_journal_counted',
  'tallyman_journal_level_check',
  'tallyman_journal_pkey',
  'tallyman_key',
  'tallyman_key_pk',
  'tallyman_leftover',
  'tallyman_leftover_pkey',
  'tallyman_migration',
  'tallyman_migration_lock',
  'tallyman_migration_lock_pkey',
  'tallyman_migration_pkey',
  'tallyman_move',
  'tallyman_move_id_check',
  'tallyman_move_pkey',
  'tallyman_postponed',
  'tallyman_postponed_by_key',
  'tallyman_postponed_by_second_key',
  'tallyman_postponed_by_waits_for',
  'tallyman_postponed_pk',
  'tallyman_reject',
  'tallyman_reject_by_kind',
  'tallyman_reject_kind',
  'tallyman_reject_kind_pk',
  'tallyman_reject_pk',
  'tallyman_removal',
  'tallyman_removal_by_entry',
  'tallyman_removal_counted',
  'tallyman_removal_pkey',
  'tallyman_repair',
  'tallyman_repair_by_linked_job',
  'tallyman_repair_linked',
  'tallyman_repair_pk',
  'tallyman_repair_reasoned',
  'tallyman_repair_status_check',
  'tallyman_sample',
  'tallyman_sample_pk',
  'tallyman_tally',
  'tallyman_tally_pk',
  'tallyman_template',
  'tallyman_template_change',
  'tallyman_template_change_by_template',
  'tallyman_template_change_pkey',
  'tallyman_template_name_key_key',
  'tallyman_template_pkey',
  'tallyman_template_type_check',
  'tallyman_worker',
  'tallyman_worker_pkey',
]
