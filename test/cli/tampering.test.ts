import { expect, test } from 'vitest'
import type { Problem } from '../../src/domain/words/problems.ts'
import { byDatabase } from '../support/databases.ts'
import { aLongHistory, tampered } from '../support/jobs/tampered.ts'
import { expectAgreement } from '../support/jobs/verified.ts'

type History = Awaited<ReturnType<typeof aLongHistory>>
type Said = Extract<Problem, { problem: string }>['problem']

/** What is known by a number that is not there, or by what triggers have counted. */
const JOBS_GONE = byDatabase<Said>({ SQLite: 'jobs_gone', PostgreSQL: 'own_rows_off' })
const ENTRIES_GONE = byDatabase<Said>({ SQLite: 'entries_gone', PostgreSQL: 'own_rows_off' })

/** Where it is a reason, nothing in the database tells of it. */
type Tampering = [name: string, how: string, says: Said | { cannotBeKnown: string }]

const job = (id: number, change: string) => `update tallyman_job set ${change} where id = ${id}`
const entry = (id: number, code: string) => `job_id = ${id} and code = '${code}'`

const ONE_PLACE = { cannotBeKnown: 'no second place tells of it' }
const CLOCK = { cannotBeKnown: 'clocks jump' }
const HARMLESS = { cannotBeKnown: 'it says nothing of what was done' }
const ALL_PLACES = { cannotBeKnown: 'it is the same in all places' }

const withJob = ({ made, traced, rehearsed, exported, ...others }: History): Tampering[] => [
  ['its row gone', `delete from tallyman_job where id = ${traced}`, JOBS_GONE],
  ['the newest row gone', `delete from tallyman_job where id = ${others.resting}`, JOBS_GONE],
  [
    'another number',
    job(made, 'id = 99'),
    byDatabase<Said>({ SQLite: 'jobs_gone', PostgreSQL: 'orphans' }),
  ],
  ['its type', job(made, `type = 'export'`), 'job_unreadable'],
  ['its label', job(made, `label = 'Mine'`), 'part_off'],
  [
    'its label, and what it is found by',
    `${job(others.copy, `label = 'A', label_key = 'a'`)}`,
    'part_off',
  ],
  ['its description', job(made, `description = 'Mine'`), 'part_off'],
  ['its status', job(made, `status = 'cancelled'`), 'status_off'],
  ['its specification', job(made, `specification = '{}'`), 'job_unreadable'],
  [
    'its specified table',
    job(made, `specification = json_set(specification, '$.table', 'x')`),
    'part_off',
  ],
  [
    'a dry run made real',
    job(rehearsed, `specification = replace(specification, '"dryRun":true', '"dryRun":false')`),
    'dry_run_off',
  ],
  ['a real run counted as a dry one', job(made, 'dry_run = 1'), 'part_off'],
  ['a dry run counted as a real one', job(rehearsed, 'dry_run = 0'), 'part_off'],
  [
    'a real run made dry',
    job(made, `specification = replace(specification, '"dryRun":false', '"dryRun":true')`),
    'dry_run_off',
  ],
  [
    'its policy on doubles',
    job(made, `specification = replace(specification, '"doubles":"reject"', '"doubles":"update"')`),
    'too_many',
  ],
  [
    'its operation',
    job(made, `specification = replace(specification, '"insert_or_update"', '"delete"')`),
    'too_many',
  ],
  [
    'its policy on a field',
    job(made, `specification = replace(specification, '"onError":"warn"', '"onError":"reject"')`),
    ONE_PLACE,
  ],
  ['its target', job(made, `target_table = 'x'`), 'part_off'],
  ['its file name', job(made, `file_name = 'x'`), 'part_off'],
  ['the size of its file', job(made, 'file_size = file_size + 1'), 'part_off'],
  ['the hash of its file', job(made, `file_sha256 = 'x'`), 'part_off'],
  ['the hash of its result', job(exported, `file_sha256 = 'x'`), 'part_off'],
  ['its creation', job(made, `created_at = '2026-01-01T00:00:00.000Z'`), 'part_off'],
  ['who made it', job(made, `created_by = 'eve'`), 'part_off'],
  ['who started it', job(made, `started_by = 'eve'`), 'part_off'],
  ['when it started', job(made, `started_at = '2026-01-01T00:00:00.000Z'`), 'part_off'],
  ['when it ended', job(made, `ended_at = '2027-01-01T00:00:00.000Z'`), 'part_off'],
  ['since when it runs', job(made, `running_since = created_at`), 'dates_off'],
  ['how long it ran', job(made, 'duration_ms = duration_ms + 60000'), CLOCK],
  ['who ran it', job(made, `worker = 'eve'`), 'part_off'],
  ['why it failed', job(others.failed, `failure_reason = 'disk_full'`), 'failure_off'],
  [
    'the details of its failure',
    job(others.failed, `failure_params = '{"path":"/x"}'`),
    'part_off',
  ],
  ['a failure of a job that finished', job(made, `failure_params = '{"path":"/x"}'`), 'part_off'],
  [
    'its checkpoint',
    job(made, `checkpoint = json_set(checkpoint, '$.record', 4)`),
    'checkpoint_off',
  ],
  ['no checkpoint', job(made, 'checkpoint = null'), 'part_off'],
  [
    'the offset of its checkpoint',
    job(others.resting, `checkpoint = json_set(checkpoint, '$.offset', 5)`),
    'part_off',
  ],
  [
    'the line of its checkpoint',
    job(others.resting, `checkpoint = json_set(checkpoint, '$.line', 2)`),
    'too_many',
  ],
  [
    'the size in its checkpoint',
    job(others.resting, `checkpoint = json_set(checkpoint, '$.memo.source.size', 2)`),
    'part_off',
  ],
  [
    'the encoding in its checkpoint',
    job(others.resting, `checkpoint = json_set(checkpoint, '$.memo.encoding', 'utf-16le')`),
    'part_off',
  ],
  [
    'the header in its checkpoint',
    job(others.resting, `checkpoint = json_set(checkpoint, '$.memo.header[2]', 'x')`),
    ONE_PLACE,
  ],
  [
    'the seal in its checkpoint',
    job(exported, `checkpoint = json_set(checkpoint, '$.memo.sealed.size', 2)`),
    'part_off',
  ],
  ['its total', job(made, 'total = total + 1'), 'tally_off'],
  ['what it runs again', job(others.again, `rerun_of = null`), 'part_off'],
  ['what it is a copy of', job(others.copy, `copy_of = ${traced}`), 'part_off'],
  ...[
    'processed',
    'success',
    'inserted',
    'updated',
    'unchanged',
    'deleted',
    'reconciled',
    'ignored',
    'rejects',
  ].map((counter): Tampering => [
    `its counter ${counter}`,
    job(made, `${counter} = ${counter} + 1`),
    'tally_off',
  ]),
  ...['errors', 'warnings', 'doubles'].map((counter): Tampering => [
    `its counter ${counter}`,
    job(made, `${counter} = ${counter} + 1`),
    'count_off',
  ]),
  ['its counter duplicates', job(made, 'duplicates = 1'), 'too_many'],
  ['its counter empty', job(made, 'empty = 5'), 'too_many'],
  ['a counter of an export', job(exported, 'empty = 1'), 'too_many'],
  ['one counter for another', job(made, 'inserted = 0, deleted = 3'), 'too_many'],
  [
    'a row that was not updated for one that was',
    job(others.again, 'updated = updated + 1, unchanged = unchanged - 1'),
    ONE_PLACE,
  ],
  [
    'the same of a job that was traced',
    job(traced, 'ignored = ignored + 1, inserted = inserted - 1, success = success - 1'),
    'count_off',
  ],
  ['a counter below nothing', job(made, 'unchanged = -1, inserted = inserted + 1'), 'too_few'],
  ['its bytes', job(made, 'bytes_read = bytes_read - 1'), 'part_off'],
  ['its batches', job(made, 'batches = 0'), 'too_few'],
  ['one batch more', job(made, 'batches = batches + 1'), ONE_PLACE],
  ['its attempts', job(made, 'attempts = 2'), 'count_off'],
  ['its deaths', job(made, 'deaths = 1'), 'too_many'],
  ['where it died', job(made, 'died_after = 2'), 'part_off'],
  ['its revision', job(made, 'revision = 0'), 'too_few'],
  ['what it is sorted by', job(made, `label_key = 'x'`), 'part_off'],
  ['what it is found by', job(made, `search_text = 'x'`), 'part_off'],
  ['what it is dated by', job(made, `dated_at = 'x'`), 'part_off'],
]

const withJournal = ({ made, traced, copy, again, failed }: History): Tampering[] => [
  ['an event gone', `delete from tallyman_journal where ${entry(made, 'TLY-1008')}`, 'status_off'],
  [
    'an entry gone that is no event',
    `delete from tallyman_journal where ${entry(made, 'TLY-1013')}`,
    ENTRIES_GONE,
  ],
  [
    'the newest entry gone',
    'delete from tallyman_journal where id = (select max(id) from tallyman_journal)',
    ENTRIES_GONE,
  ],
  ['all of a job gone', `delete from tallyman_journal where job_id = ${made}`, 'status_off'],
  [
    'a trace gone',
    `delete from tallyman_journal where ${entry(traced, 'TLY-1017')} and params like '%inserted%'`,
    'count_off',
  ],
  ['an event more', insert(made, 'TLY-1006'), 'journal_off'],
  ['a creation more', insert(made, 'TLY-1001'), 'journal_off'],
  [
    'a resumption when all is over',
    insert(made, 'TLY-1011', '{"record":1,"offset":1}'),
    'journal_off',
  ],
  [
    'a trace of a job that has none',
    insert(made, 'TLY-1017', '{"record":1,"outcome":"inserted"}'),
    'journal_off',
  ],
  ['an edit more', insert(made, 'TLY-1021'), ONE_PLACE],
  [
    'another code',
    `update tallyman_journal set code = 'TLY-1006' where ${entry(made, 'TLY-1005')}`,
    'journal_off',
  ],
  [
    'a code that there is not',
    `update tallyman_journal set code = 'TLY-0000' where ${entry(made, 'TLY-1013')}`,
    'journal_off',
  ],
  [
    'another level',
    `update tallyman_journal set level = 'error' where ${entry(made, 'TLY-1013')}`,
    'journal_off',
  ],
  [
    'another job',
    `update tallyman_journal set job_id = ${traced} where ${entry(made, 'TLY-1008')}`,
    'status_off',
  ],
  [
    'who made a job',
    `update tallyman_journal set actor = 'eve' where ${entry(made, 'TLY-1001')}`,
    'part_off',
  ],
  [
    'who worked',
    `update tallyman_journal set actor = 'eve' where ${entry(made, 'TLY-1008')}`,
    'entry_off',
  ],
  [
    'who took a job',
    `update tallyman_journal set actor = 'eve' where ${entry(made, 'TLY-1005')}`,
    'entry_off',
  ],
  [
    'who changed a label',
    `update tallyman_journal set actor = 'eve' where ${entry(copy, 'TLY-1019')}`,
    ONE_PLACE,
  ],
  [
    'when a job was made',
    `update tallyman_journal set at = '2026' where ${entry(made, 'TLY-1001')}`,
    'part_off',
  ],
  [
    'when it began',
    `update tallyman_journal set at = '2026' where ${entry(made, 'TLY-1022')}`,
    'entry_off',
  ],
  [
    'when it was taken',
    `update tallyman_journal set at = '2026' where ${entry(made, 'TLY-1005')}`,
    'part_off',
  ],
  [
    'when it ended',
    `update tallyman_journal set at = '2026' where ${entry(made, 'TLY-1008')}`,
    'part_off',
  ],
  [
    'when a label was changed',
    `update tallyman_journal set at = '2026' where ${entry(copy, 'TLY-1019')}`,
    CLOCK,
  ],
  ['the order', swapped(made, 'TLY-1001', 'TLY-1005'), 'journal_off'],
  [
    'the worker',
    `update tallyman_journal set params = '{"worker":"eve"}' where ${entry(made, 'TLY-1005')}`,
    'entry_off',
  ],
  [
    'what was told at the end',
    `update tallyman_journal set params = '{"processed":5,"rejects":0}' where ${entry(made, 'TLY-1008')}`,
    'told_off',
  ],
  [
    'a former label',
    `update tallyman_journal set params = json_set(params, '$.from', 'x') where ${entry(copy, 'TLY-1019')} and params like '%Third%'`,
    'entry_off',
  ],
  [
    'a new label',
    `update tallyman_journal set params = json_set(params, '$.to', 'x') where ${entry(copy, 'TLY-1019')} and params like '%Third%'`,
    'part_off',
  ],
  [
    'what is run again',
    `update tallyman_journal set params = json_set(params, '$.job', '77') where ${entry(again, 'TLY-1018')}`,
    'entry_off',
  ],
  [
    'the table',
    `update tallyman_journal set params = json_set(params, '$.table', 'x') where ${entry(made, 'TLY-1015')}`,
    'entry_off',
  ],
  [
    'the reason of a failure',
    `update tallyman_journal set params = '{"path":"/x"}' where ${entry(failed, 'TLY-9002')}`,
    'part_off',
  ],
  [
    'parameters that are none',
    `update tallyman_journal set params = '{' where ${entry(failed, 'TLY-9002')}`,
    'job_unreadable',
  ],
  [
    'the columns',
    `update tallyman_journal set params = '{"mapped":"x","left_out":"y"}' where ${entry(made, 'TLY-1013')}`,
    ONE_PLACE,
  ],
  byDatabase<Tampering>({
    SQLite: [
      'the numbers given',
      `update sqlite_sequence set seq = 1 where name = 'tallyman_journal'`,
      'numbers_off',
    ],
    PostgreSQL: [
      'the count of its entries',
      `update tallyman_tally set written = 1 where name = 'tallyman_journal' and job_id = ${made}`,
      'own_rows_off',
    ],
  }),
]

const bytes = (hex: string) => byDatabase({ SQLite: `x'${hex}'`, PostgreSQL: `'\\x${hex}'` })

function insert(id: number, code: string, params = '{}'): string {
  return `insert into tallyman_journal (job_id, at, code, level, params, actor)
          values (${id}, '2027-01-01T00:00:00.000Z', '${code}', 'information', '${params}', 'w')`
}

function swapped(id: number, one: string, other: string): string {
  const of = (code: string) => `(select id from tallyman_journal where ${entry(id, code)})`
  return `update tallyman_journal set id = -1 where id = ${of(one)};
          update tallyman_journal set id = id + 1000 where id = ${of(other)};
          update tallyman_journal set id = (select id - 1000 from tallyman_journal where id > 1000) where id = -1;
          update tallyman_journal set id = 1 where id > 1000`
}

const withRejects = ({ made, traced, resting, exported }: History): Tampering[] => [
  [
    'one gone',
    `delete from tallyman_reject where job_id = ${made} and code = 'TLY-2001'`,
    'count_off',
  ],
  [
    'one more',
    `insert into tallyman_reject select job_id, 1, 0, at, 1, 1, connector, type, field, code, params, raw, kind from tallyman_reject where job_id = ${made} and code = 'TLY-2001'`,
    'count_off',
  ],
  [
    'one for another',
    `update tallyman_reject set job_id = ${exported} where job_id = ${made} and code = 'TLY-2001'`,
    'count_off',
  ],
  [
    'its record',
    `update tallyman_reject set record = 9 where job_id = ${made} and code = 'TLY-2001'`,
    'record_beyond',
  ],
  [
    'its number in the record',
    `update tallyman_reject set seq = 3 where job_id = ${made} and code = 'TLY-2001'`,
    'reject_off',
  ],
  [
    'its kind',
    `update tallyman_reject set kind = 7 where job_id = ${made} and code = 'TLY-2001'`,
    'count_off',
  ],
  [
    'its code',
    `update tallyman_reject set code = 'TLY-2002' where job_id = ${made} and code = 'TLY-2001'`,
    'reject_off',
  ],
  [
    'its code and that of its kind',
    `update tallyman_reject set code = 'TLY-3002' where job_id = ${made} and code = 'TLY-2001'; update tallyman_reject_kind set code = 'TLY-3002' where job_id = ${made} and code = 'TLY-2001'`,
    'reject_off',
  ],
  [
    'a double and its kind',
    `update tallyman_reject set code = 'TLY-3008' where job_id = ${made} and code = 'TLY-3007'; update tallyman_reject_kind set code = 'TLY-3008' where job_id = ${made} and code = 'TLY-3007'`,
    'count_off',
  ],
  [
    'its code for one of the same connector, and that of its kind',
    `update tallyman_reject set code = 'TLY-2002' where job_id = ${made} and code = 'TLY-2001'; update tallyman_reject_kind set code = 'TLY-2002' where job_id = ${made} and code = 'TLY-2001'`,
    ALL_PLACES,
  ],
  [
    'a NUL byte that there is not',
    `update tallyman_reject set code = 'TLY-2007' where job_id = ${made} and code = 'TLY-2001'; update tallyman_reject_kind set code = 'TLY-2007' where job_id = ${made} and code = 'TLY-2001'`,
    'reject_off',
  ],
  [
    'its connector',
    `update tallyman_reject set connector = 'database' where job_id = ${made} and code = 'TLY-2001'`,
    'reject_off',
  ],
  [
    'its type',
    `update tallyman_reject set type = 'error' where job_id = ${traced} and code = 'TLY-3001'`,
    'count_off',
  ],
  [
    'its field',
    `update tallyman_reject set field = 'name' where job_id = ${traced} and code = 'TLY-3001'`,
    'reject_off',
  ],
  [
    'its line',
    `update tallyman_reject set line = 1 where job_id = ${resting} and record = 11`,
    'reject_off',
  ],
  [
    'its offset',
    `update tallyman_reject set "offset" = 1 where job_id = ${resting} and record = 11`,
    'reject_off',
  ],
  [
    'an offset behind all that was read',
    `update tallyman_reject set "offset" = 1e6 where job_id = ${made} and code = 'TLY-2001'`,
    'reject_off',
  ],
  [
    'more bytes than its record has',
    `update tallyman_reject set raw = ${bytes('00'.repeat(9999))} where job_id = ${resting} and record = 4`,
    'reject_off',
  ],
  [
    'its bytes',
    `update tallyman_reject set raw = ${bytes('61')} where job_id = ${made} and code = 'TLY-2001'`,
    ONE_PLACE,
  ],
  ['its time', `update tallyman_reject set at = '2026' where job_id = ${made}`, CLOCK],
  [
    'its parameters',
    `update tallyman_reject set params = '{"value":"z","type":"integer"}' where job_id = ${traced} and code = 'TLY-3001'`,
    ONE_PLACE,
  ],
  [
    'two records for each other',
    `update tallyman_reject set record = 1000 + record where job_id = ${resting} and record in (4, 11); update tallyman_reject set record = 1015 - record where job_id = ${resting} and record > 1000`,
    'reject_off',
  ],
  [
    'a kind gone',
    `delete from tallyman_reject_kind where job_id = ${made} and code = 'TLY-2001'`,
    'count_off',
  ],
  [
    'a kind more',
    `insert into tallyman_reject_kind values (${made}, 9, 'error', 'TLY-2002', null, 2)`,
    'count_off',
  ],
  [
    'the number of a kind',
    `update tallyman_reject_kind set count = 5 where job_id = ${made} and code = 'TLY-2001'`,
    'count_off',
  ],
  [
    'the field of a kind',
    `update tallyman_reject_kind set field = 'name' where job_id = ${traced} and code = 'TLY-3001'`,
    'reject_off',
  ],
]

const withTheRest = ({ made, removed, resting, exported }: History): Tampering[] => [
  [
    'a sample beyond the counters',
    `update tallyman_sample set processed = 99 where job_id = ${made}`,
    'samples_off',
  ],
  [
    'a sample with more rejects than records',
    `update tallyman_sample set rejects = processed + 1 where job_id = ${made}`,
    'samples_off',
  ],
  [
    'a sample at another second',
    `update tallyman_sample set running_ms = running_ms + 5000 where job_id = ${made}`,
    'samples_off',
  ],
  [
    'a sample out of line',
    `insert into tallyman_sample select job_id, 7, 7000, at, processed, rejects + 1 from tallyman_sample where job_id = ${resting}; insert into tallyman_sample select job_id, 8, 8000, at, processed + 1, rejects from tallyman_sample where job_id = ${resting} and tick = 7; update tallyman_sample set rejects = rejects - 1 where job_id = ${resting} and tick = 8`,
    'samples_off',
  ],
  [
    'a sample gone',
    `delete from tallyman_sample where job_id = ${made}`,
    { cannotBeKnown: 'not every second has one' },
  ],
  ['the time of a sample', `update tallyman_sample set at = '2026' where job_id = ${made}`, CLOCK],
  ['a sample of no job', `insert into tallyman_sample values (99, 1, 1, '', 1, 1)`, 'orphans'],
  ['keys of a job that is over', `insert into tallyman_key values (${made}, 'k')`, 'too_many'],
  ['keys of an export', `insert into tallyman_key values (${exported}, 'k')`, 'too_many'],
  [
    'a key more of a job that goes on',
    `insert into tallyman_key values (${resting}, 'k')`,
    ONE_PLACE,
  ],
  [
    'keys of a job that goes on gone',
    `delete from tallyman_key where job_id = ${resting}`,
    ONE_PLACE,
  ],
  [
    'a job that goes on, to be cleared away',
    `insert into tallyman_leftover values (${resting})`,
    'leftover_off',
  ],
  [
    'a job that there is not, to be cleared away',
    'insert into tallyman_leftover values (99)',
    'leftover_off',
  ],
  ['a removal gone', `delete from tallyman_removal where job_id = ${removed}`, JOBS_GONE],
  [
    'a removal of a job that is there',
    `update tallyman_removal set job_id = ${made}`,
    'removal_off',
  ],
  ['a removal of a job that never was', `update tallyman_removal set job_id = 99`, 'numbers_off'],
  [
    'the counters of a removal',
    `update tallyman_removal set counters = json_set(counters, '$.inserted', 9)`,
    'removal_off',
  ],
  [
    'counters of a removal that are none',
    `update tallyman_removal set counters = '{'`,
    'removal_off',
  ],
  ['the total of a removal', 'update tallyman_removal set total = 9', 'removal_off'],
  ['the status of a removal', `update tallyman_removal set status = 'editing'`, 'removal_off'],
  ['the type of a removal', `update tallyman_removal set type = 'export'`, 'removal_off'],
  [
    'the journal of a removal',
    'update tallyman_removal set first_entry = last_entry',
    byDatabase<Said>({ SQLite: 'entries_gone', PostgreSQL: 'removal_off' }),
  ],
  ['who removed a job', `update tallyman_removal set removed_by = 'eve'`, ONE_PLACE],
  ['the label of a removal', `update tallyman_removal set label = 'x'`, ONE_PLACE],
  [
    'a job gone and a removal of it',
    `insert into tallyman_removal select ${exported}, type, label, status, target_table, file_name, file_sha256, dry_run, counters, total, created_at, created_by, started_at, ended_at, removed_at, removed_by, (select min(id) from tallyman_journal where job_id = ${exported}), (select max(id) from tallyman_journal where job_id = ${exported}), null, null, null from tallyman_removal; delete from tallyman_job where id = ${exported}; delete from tallyman_journal where job_id = ${exported}; delete from tallyman_sample where job_id = ${exported}`,
    ALL_PLACES,
  ],
  ...byDatabase<Tampering[]>({
    SQLite: [
      [
        'a job out of the search index',
        `insert into tallyman_job_text (tallyman_job_text, rowid, search_text) select 'delete', id, search_text from tallyman_job where id = ${made}`,
        'search_off',
      ],
      [
        'another text in the search index',
        `insert into tallyman_job_text (rowid, search_text) values (${made}, 'other')`,
        'search_off',
      ],
      ['a trigger gone', 'drop trigger tallyman_job_text_insert', 'own_gone'],
    ],
    PostgreSQL: [
      ['a trigger gone', 'drop trigger tallyman_job_counted on tallyman_job', 'own_gone'],
      [
        'a trigger switched off',
        'alter table tallyman_journal disable trigger tallyman_journal_counted',
        'own_gone',
      ],
      [
        'a condition gone',
        'alter table tallyman_job drop constraint tallyman_job_held',
        'own_gone',
      ],
      [
        'the count of the jobs',
        `update tallyman_tally set written = 1 where name = 'tallyman_job'`,
        'own_rows_off',
      ],
      ['all counts gone', 'delete from tallyman_tally', 'own_rows_off'],
    ],
  }),
  ['an index gone', 'drop index tallyman_job_by_result', 'own_gone'],
  ['a table gone', 'drop table tallyman_sample', 'own_gone'],
  ['when a version came', `update tallyman_migration set timestamp = '2026'`, HARMLESS],
]

const withTarget = (): Tampering[] => [
  ['a row gone', 'delete from person where id = 1', 'rows_off'],
  ['a row more', `insert into person (id, name) values (77, 'Eve')`, 'rows_off'],
  ['a row more while a job rests', `insert into crowd (id, name) values (7777, 'Eve')`, 'rows_off'],
  ['the table gone', 'drop table person', 'table_gone'],
  [
    'an empty table in its place',
    'drop table person; create table person (id integer primary key, name text, age integer)',
    'rows_off',
  ],
  [
    'a view in its place',
    'alter table person rename to crew; create view person as select * from crew',
    'table_gone',
  ],
  [
    'a value',
    `update person set name = 'Eve' where id = 1`,
    { cannotBeKnown: 'values are not kept twice' },
  ],
  [
    'one row for another',
    'update person set id = 77 where id = 1',
    { cannotBeKnown: 'values are not kept twice' },
  ],
  [
    'a row of a table that was there before',
    'delete from other where id = 100',
    { cannotBeKnown: 'its rows were not counted' },
  ],
]

const KINDS = {
  'a job': withJob,
  'a journal': withJournal,
  'a reject': withRejects,
  'another own table': withTheRest,
  'the target': withTarget,
}

test.each(Object.entries(KINDS))(
  'each tampering with %s that can be known is named, and which cannot is known',
  async (_kind, tamperings) => {
    const history = await aLongHistory()
    await expectAgreement(history.store)
    for (const [name, how, says] of tamperings(history)) {
      const { found } = await tampered(history, how)
      const said = found.map(({ problem }) =>
        'problem' in problem ? problem.problem : problem.code,
      )
      const expected = typeof says === 'string' ? expect.arrayContaining([says]) : []
      expect.soft([name, said]).toEqual([name, expected])
    }
  },
  600_000,
)
