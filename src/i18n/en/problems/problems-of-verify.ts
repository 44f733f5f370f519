import type { PROBLEMS_OF_VERIFY } from '../../../domain/words/problems-of-verify.ts'

/** The disagreements that `verify` finds. */
export const problemsOfVerify: Record<keyof typeof PROBLEMS_OF_VERIFY, string> = {
  damaged: 'The database is damaged: {detail}.',
  job_unreadable: 'The job cannot be read: {detail}.',
  tally_off: '{sum} is {is}, but {terms} make {make}.',
  count_off: 'The counter {counter} says {is}, but {found} are stored.',
  record_beyond: 'Record {record} is told of, but only {processed} were processed.',
  checkpoint_off:
    'The checkpoint stands behind record {record}, but {processed} were processed and {postponed} are postponed.',
  dates_off: 'Start date, end date and attempts do not go with the status "{status}".',
  failure_off: 'The reason of the failure does not go with the status "{status}" and the journal.',
  journal_off: 'Journal entry {entry} ({says}) cannot follow on the status {status}.',
  status_off: 'The status is "{status}", but by the journal it is {journal}.',
  told_off: 'Journal entry {entry} tells {counter} as {told}, but the counter says {is}.',
  orphans:
    '{count} {count:row|rows} of {table} {count:belongs|belong} to job {job}, which is not there.',
  table_gone: 'The table {table} is not there any more; jobs that wrote into it: {jobs}.',
  part_off: '{part} is "{is}", but what else is stored of the job makes it "{should}".',
  too_many: 'The counter {counter} says {is}, but {most} is the most that it can be.',
  too_few: 'The counter {counter} says {is}, but {least} is the least that it can be.',
  dry_run_off: 'By its journal the job was a dry run and by its specification not, or the reverse.',
  entry_off:
    'Journal entry {entry} ({says}) does not agree with the job or the entries around it: {part}.',
  reject_off:
    'The reject of record {record} does not agree with itself, its kind or those around it: {part}.',
  repair_off:
    'The repair of record {record} does not agree with the rejects or with the job that imported it: {part}.',
  samples_off: 'What is kept of the pace does not agree with itself or with the counters.',
  leftover_off: 'Job {job} is marked to be cleared away, but it is not over for good.',
  removal_off: 'What is kept of the removal of job {job} does not agree with itself: {part}.',
  jobs_gone: 'Neither the jobs {from} to {to} nor records of their removal are there.',
  entries_gone: 'The journal entries {from} to {to} are not there, and no removed job had them.',
  own_rows_off:
    'Tallyman wrote {written} rows to {table} that it has not removed; {found} are there.',
  numbers_off: 'In {table} there is number {highest}, but the last one that was given is {last}.',
  search_off: 'The search index does not hold the texts of the jobs: a search may miss some.',
  own_gone: 'The database has not what Tallyman made in it, or has it otherwise: {name}.',
  rows_off:
    'The table {table} has {rows} {rows:row|rows}, but the jobs account for {accounted}: somebody else changed it.',
}
