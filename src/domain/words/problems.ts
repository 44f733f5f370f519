import type { Message, MessageParams } from './messages.ts'
import { PROBLEMS_OF_DATABASES } from './problems-of-databases.ts'
import { PROBLEMS_OF_FILES } from './problems-of-files.ts'
import { PROBLEMS_OF_SPECIFICATIONS } from './problems-of-specifications.ts'
import { PROBLEMS_OF_STEPS } from './problems-of-steps.ts'
import { PROBLEMS_OF_TEMPLATES } from './problems-of-templates.ts'
import { PROBLEMS_OF_THE_SERVER } from './problems-of-the-server.ts'
import { PROBLEMS_OF_UPLOADS } from './problems-of-uploads.ts'
import { PROBLEMS_OF_VERIFY } from './problems-of-verify.ts'
import type { JobStatus } from '../states/status.ts'
import type { JobEvent } from '../states/transitions.ts'

/** What somebody may ask of a job: an event, or another command. */
export type Act = JobEvent | 'delete' | 'run_again' | 'duplicate' | 'edit' | 'repair'

/** The kinds of parameters of a problem; a catalogue has words for some and a format for others. */
type Kinds = {
  /** The name of a format; older jobs stored its title. */
  format: string
  text: string
  number: number
  /** A number that identifies something, not an amount. */
  id: number
  status: JobStatus
  statuses: readonly JobStatus[]
  act: Act
  message: Message['code']
  /** ISO-8601 UTC. */
  time: string
}

/** Every reason for a refusal, with its parameters. The sentences are in i18n/. */
export const PROBLEMS = {
  // Jobs and commands
  no_job: { id: 'id' },
  wrong_status: { id: 'id', status: 'status', act: 'act', allowed: 'statuses' },
  claim_lost: { id: 'id' },
  job_taken: { id: 'id' },
  job_deleted: { id: 'id' },
  too_many_jobs: { count: 'number', limit: 'number' },
  no_page: {},
  no_form: {},
  nothing_rejected: { id: 'id' },
  nothing_read: { id: 'id' },
  no_reject: { record: 'number' },
  no_rejects_file: {},
  repaired_elsewhere: { id: 'id', first: 'id' },
  repaired_already: { id: 'id' },
  dry_run_repaired: { id: 'id' },
  not_set_aside: { id: 'id' },
  no_reason: {},
  too_long_here: {},
  not_one_record: {},
  nothing_fits: {},
  not_checked: {},
  nothing_picked: {},
  no_character_for: { text: 'text', encoding: 'text' },
  unreadable_left: {},
  value_not_writable: { text: 'text' },
  repair_again: { id: 'id', first: 'id' },
  // One part of the input
  no_job_number: { text: 'text' },
  no_names: { text: 'text' },
  no_map: { text: 'text' },
  no_policy: { text: 'text' },
  no_choice: { choices: 'text' },
  no_code: { text: 'text' },
  no_amount: {},
  not_between: { from: 'number', to: 'number' },
  not_one_character: {},
  no_separator: {},
  no_record_end: {},
  no_null_text: {},
  same_character: { text: 'text' },
  no_bom: { encoding: 'text' },
  no_character: { text: 'text', encoding: 'text' },
  reserved_name: {},
  field_twice: {},
  no_start_time: {},
  no_columns: {},
  no_value_yet: { field: 'text' },
  empty_part: {},
  too_long: { limit: 'number' },
  nul_in_text: {},
  not_understood: {},
  no_key: { operation: 'text' },
  second_key_alone: {},
  header_twice: {},
  ...PROBLEMS_OF_SPECIFICATIONS,
  // A specification against its file and database
  no_file: { path: 'text' },
  not_a_file: { path: 'text' },
  no_encoding: { encoding: 'text', choices: 'text' },
  no_table: { table: 'text' },
  no_table_or_view: { table: 'text' },
  no_value_of_field: { field: 'text', value: 'text' },
  bytes_compared: { field: 'text' },
  no_table_column: { table: 'text', column: 'text', columns: 'text' },
  no_file_column: { column: 'text', columns: 'text' },
  is_view: { table: 'text' },
  view_without: { table: 'text', right: 'text' },
  filled_twice: { field: 'text' },
  nothing_mapped: { table: 'text', columns: 'text' },
  computed_field: { table: 'text', field: 'text' },
  computed_key: { table: 'text', field: 'text' },
  key_not_filled: { field: 'text', columns: 'text' },
  delimiter_unknown: { delimiter: 'text', encoding: 'text' },
  damaged_header: {
    line: 'number',
    reason: 'message',
    encoding: 'text',
    byte: 'text',
    place: 'number',
    hint: 'text',
    limit: 'number',
  },
  long_header: {
    line: 'number',
    columns: 'number',
    bytes: 'number',
    limit: 'number',
    mostBytes: 'number',
  },
  head_unclear: { lines: 'text' },
  several_headers: { lines: 'text' },
  no_names_found: { lines: 'text' },
  header_width: { lines: 'text', names: 'number', columns: 'number' },
  empty_file: { path: 'text' },
  nothing_in_file: { path: 'text' },
  ...PROBLEMS_OF_FILES,
  table_rolls_back: { table: 'text' },
  table_refused: { table: 'text', detail: 'text' },
  imported_before: { table: 'text', id: 'id', at: 'time' },
  // What the definition of a table or view needs and the database lacks
  foreign_key_mismatch: { child: 'text', parent: 'text', columns: 'text' },
  function_missing: { definition: 'text', name: 'text' },
  collation_missing: { definition: 'text', name: 'text' },
  module_missing: { table: 'text', name: 'text' },
  double_quoted_text: { definition: 'text', text: 'text' },
  only_read: { table: 'text' },
  table_unusable: { table: 'text', detail: 'text' },
  no_right: { table: 'text', right: 'text' },
  no_right_of_schema: { table: 'text', right: 'text', schema: 'text' },
  no_right_of_sequence: { table: 'text', right: 'text', sequence: 'text' },
  no_folder: { path: 'text' },
  no_plain_file: { path: 'text' },
  is_folder: { path: 'text' },
  file_taken: { path: 'text', id: 'id' },
  part_gone: { part: 'text' },
  came_meanwhile: {},
  pipe_gone: {},
  pipe_closed: {},
  pipe_full: {},
  pipe_stopped: {},
  output_taken: {},
  input_cut: {},
  pipe_used: { id: 'id' },
  result_there: { path: 'text' },
  // Files in forms
  not_in_inbox: {},
  slow_file: { path: 'text' },
  not_plain_name: {},
  file_there: { name: 'text' },
  no_table_yet: { table: 'text' },
  imported_already: { table: 'text', id: 'id', at: 'time' },
  no_result: { id: 'id' },
  result_gone: { path: 'text' },
  ...PROBLEMS_OF_UPLOADS,
  ...PROBLEMS_OF_STEPS,
  ...PROBLEMS_OF_TEMPLATES,
  ...PROBLEMS_OF_THE_SERVER,
  // What retention asks before it deletes
  clock_jumped: { now: 'text', last: 'text' },
  many_to_purge: { due: 'number' },
  ...PROBLEMS_OF_DATABASES,
  ...PROBLEMS_OF_VERIFY,
} as const satisfies Record<string, Record<string, keyof Kinds>>
export type ProblemKey = keyof typeof PROBLEMS

type ParamsOf<Key extends ProblemKey> = {
  [Name in keyof (typeof PROBLEMS)[Key]]: (typeof PROBLEMS)[Key][Name] extends keyof Kinds
    ? Kinds[(typeof PROBLEMS)[Key][Name]]
    : never
}
/** `in_file` names the file that it is about, where there are several. */
type NamedProblem = {
  [Key in ProblemKey]: { problem: Key; in_file?: string } & ParamsOf<Key>
}[ProblemKey]

/**
 * Why something is refused: a key of `PROBLEMS` with its parameters, or a message of the journal.
 */
export type Problem = NamedProblem | Message

/** A problem whose parameters a message can hold under the same names. */
export type StorableProblem = Extract<NamedProblem, MessageParams>
