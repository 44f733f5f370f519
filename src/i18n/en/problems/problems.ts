import type { ProblemKey } from '../../../domain/words/problems.ts'
import { problemsOfDatabases } from './problems-of-databases.ts'
import { problemsOfSteps } from './problems-of-steps.ts'
import { problemsOfTemplates } from './problems-of-templates.ts'
import { problemsOfUploads } from './problems-of-uploads.ts'
import { problemsOfVerify } from './problems-of-verify.ts'
import { problemsOfSpecifications } from './problems-of-specifications.ts'
import { problemsOfFiles } from '../files.ts'

export const problems: Record<ProblemKey, string> = {
  ...problemsOfDatabases,
  ...problemsOfVerify,
  ...problemsOfUploads,
  ...problemsOfSteps,
  ...problemsOfTemplates,
  ...problemsOfSpecifications,
  no_job: 'There is no job {id}; see the list of jobs.',
  wrong_status: 'Job {id} has the status "{status}"; "{act}" needs the status {allowed}.',
  claim_lost: 'Job {id} is not held with this claim: the worker was given up, or the job stopped.',
  job_taken: 'Job {id} was taken by a worker already.',
  job_deleted: 'Job {id} was deleted meanwhile.',
  too_many_jobs: '{count} jobs are chosen; choose at most {limit}.',
  no_form: 'The form cannot be understood; send it again from its page.',
  no_page: 'The address names no page of this list; begin again with the first page.',
  nothing_rejected: 'Job {id} is an export; it rejects nothing.',
  nothing_read: 'Job {id} has read nothing yet.',
  no_reject: 'There is no message about record {record}; see the list of rejects.',
  repaired_elsewhere:
    'Job {id} imports corrected rejects of job {first}; what it rejected is open again there: repair it in job {first}. Where that one is deleted, export the rejects, correct the file and import it.',
  repaired_already:
    'None of these rejects of job {id} is open any more: somebody else has repaired them or set them aside. Nothing was imported.',
  dry_run_repaired:
    'Job {id} was a dry run: nothing was imported, so there is nothing to repair. Correct the file, or run the job for real and repair its rejects.',
  not_set_aside: 'None of these rejects of job {id} is set aside any more.',
  no_reason: 'Say why they are set aside; the reason is kept with your name.',
  no_character_for:
    'The encoding of the file, {encoding}, has no character "{text}": write it otherwise.',
  unreadable_left:
    'A character that could not be read (�) is still in the record: replace it by what it should be.',
  value_not_writable:
    'The file cannot hold "{text}" in one value: its dialect has no quotes for it. Write it otherwise.',
  too_long_here: 'Too long to be corrected here: export it, and correct it in the file.',
  not_one_record: 'This is not one record: it is empty, or its lines make several.',
  not_checked:
    'The rule or the corrections are not those that were checked, so nothing was imported. Below is the check of how they are now.',
  nothing_fits: 'None of these records fits yet, so nothing was imported.',
  nothing_picked: 'Tick the records to set aside.',
  repair_again:
    'Job {id} imported corrected rejects of job {first}, which can be imported only once. Repair what is open in job {first}.',
  no_rejects_file: 'A spreadsheet needs a file: name it with --export FILE.',
  no_job_number: '"{text}" is no number of a job; see the list of jobs.',
  no_names:
    '"{text}" must be names with commas between, as in a,b; a name that holds one stands in double quotes.',
  no_map: '"{text}" must be a column and its field, as in column=field.',
  no_policy: '"{text}" must be a field and warn, reject or stop, as in field=warn.',
  no_code: '"{text}" is no code of a message; take one of the list of rejects, such as TLY-3001.',
  no_choice: 'Choose one of {choices}.',
  no_amount: 'Write a whole number, such as 100.',
  not_between: 'Write a whole number from {from} to {to}.',
  not_one_character: 'Write one character, and no line end.',
  no_separator: 'Write one to twenty characters, without double quotes and line ends.',
  no_record_end: 'Write one to twenty characters: lf, crlf, or others such as \\x1e.',
  no_null_text: 'Write a text without double quotes, line ends and the delimiter.',
  no_bom:
    'A byte order mark exists in UTF-8 and UTF-16 alone, and not in {encoding}; leave it out.',
  no_character: '"{text}" cannot be written in {encoding}; take another encoding, such as utf-8.',
  same_character: '"{text}" cannot be two things at once; take another character for one of them.',
  reserved_name: 'A name that begins with tallyman_ or sqlite_ is reserved; take another.',
  field_twice: 'A field is named twice; name it once.',
  no_start_time: 'Give a date and a time to come, as in 2030-01-31 08:30.',
  no_columns: 'No column is ticked; tick at least one.',
  no_value_yet:
    'The condition on {field} has no value; write one, or take "is empty" or "is filled".',
  empty_part: 'This must not be empty.',
  too_long: 'This is too long; write at most {limit} characters.',
  nul_in_text: 'This has the character U+0000 in it, which cannot be stored; leave it out.',
  not_understood: 'This cannot be understood; write it in another way.',
  no_key: 'The operation {operation} must find records: name their key.',
  second_key_alone: 'A second key serves records whose first is empty: name a first key too.',
  header_twice:
    'The file has its names in lines of a header, or has none: name --header-lines, --columns or --no-header alone.',
  no_file: 'There is no file {path}; check its name.',
  not_a_file: '{path} is no file; name the file to import.',
  no_encoding: 'The encoding "{encoding}" is unknown; take one of {choices}.',
  no_table: 'The database has no table "{table}"; check its name, or have it made (--create).',
  no_table_or_view: 'The database has no table or view "{table}"; check its name.',
  no_value_of_field:
    'The field {field} can have no value like {value}; give one of its type, as in 12.5 or 2026-12-31.',
  bytes_compared:
    'The field {field} holds bytes, which are not compared; take "is empty" or "is filled".',
  no_table_column: 'The table {table} has no column "{column}"; it has {columns}.',
  no_file_column: 'The file has no column "{column}"; it has {columns}.',
  is_view: '{table} is a view, which cannot be written; name a table.',
  view_without:
    'The view {table} takes no {right}; name a table, or make a trigger INSTEAD OF {right} on the view.',
  filled_twice: 'Two columns of the file fill the field "{field}"; map or rename one of them.',
  nothing_mapped:
    'No column of the file is named as one of the table {table}: map them to {columns}.',
  computed_field: 'The table {table} computes "{field}" itself; map the column to another field.',
  computed_key:
    'The table {table} computes "{field}" itself and takes it from no file, so it cannot be the key; choose another one.',
  key_not_filled: 'No column of the file fills the key "{field}"; they fill {columns}.',
  delimiter_unknown:
    '"{delimiter}" does not exist in {encoding}; name another character, or another encoding.',
  damaged_header: 'The header in line {line} cannot be read. {reason}',
  long_header:
    'Line {line} has {columns} columns and {bytes} bytes of names; at most {limit} columns and {mostBytes} bytes of names are read. Check the delimiter, or split the file.',
  ...problemsOfFiles,
  head_unclear:
    'The first lines of the file can be read in several ways: {lines} Say which is right: --skip N for lines above the header, --header-lines 1 where the first line is the header, --no-header where it is a record.',
  several_headers:
    'The file seems to have several lines of names: {lines} Join them with --header-lines 2; where only the first is the header: --header-lines 1; where it stands above the header: --skip 1.',
  no_names_found:
    'The first line of the file looks like a record and not like a header: {lines} If it is one, fill the fields in their order with --no-header, or name the columns with --columns a,b,…; if it is the header: --header-lines 1.',
  header_width:
    'There are {names} {names:name|names} for the columns, and the records have {columns} {columns:column|columns}: {lines} Name each column yourself with --columns a,b,… and pass over a damaged header with --skip 1.',
  nothing_in_file: 'The file {path} is empty: there is nothing in it to import.',
  empty_file: 'The file {path} is empty, so that no table can be made after it.',
  table_rolls_back:
    'A rule of the table {table} undoes the whole batch (ROLLBACK); change it to ABORT.',
  table_refused: 'The database refuses to make the table {table}: {detail}.',
  imported_before:
    'The same file went into the table {table} with job {id} already ({at}), and without a key its rows would be there twice. To import it again, add --again.',
  foreign_key_mismatch:
    'A foreign key of the table {child} refers to the table {parent} by {columns}, which is not unique there: make a unique index on {parent} ({columns}), or drop the foreign key.',
  function_missing:
    '{definition} calls the function {name}, which only the program has that made it; take it out, or choose another table.',
  collation_missing:
    '{definition} sorts by the collation {name}, which only the program has that made it; take it out, or choose another table.',
  module_missing:
    'The table {table} needs the module {name}, which only the program has that made it; choose another table.',
  double_quoted_text:
    '{definition} has the text "{text}" in double quotes, which are for names: run it again with single quotes.',
  only_read:
    'The table {table} is kept by the database itself, and can only be read; name another.',
  no_right:
    'The user of the database has not the right {right} on the table {table}; let its owner grant it.',
  no_right_of_schema:
    'The user of the database has not the right {right} on the schema {schema}, which the table {table} needs; let its owner grant it.',
  no_right_of_sequence:
    'The user of the database has not the right {right} on the sequence {sequence}, which numbers the rows of the table {table}; let its owner grant it.',
  table_unusable: 'The database cannot use {table} as it is defined: {detail}. Mend that first.',
  no_folder: 'There is no folder {path}; make it first.',
  no_plain_file: '{path} is no plain file, and must not be replaced; name another one.',
  is_folder: '{path} is a folder; name a file in it.',
  file_taken:
    'Job {id} writes the file {path} and is not over; wait for its end, or name another file.',
  part_gone: '{part} is gone or was changed',
  came_meanwhile: 'another file took this name meanwhile',
  pipe_gone: 'it was a pipe, which ended with the command; export anew',
  pipe_closed: 'its reader closed the pipe',
  pipe_full: 'there is no room for it; make some, and export anew',
  pipe_stopped: 'the command was interrupted, and a pipe cannot be gone on with; export anew',
  output_taken: 'The rows go to standard output, which cannot take --json as well; leave it out.',
  pipe_used:
    'Job {id} used standard input or output, which is gone by now; give its command again.',
  input_cut: 'Standard input was not read to its end, so nothing was imported.',
  result_there: 'There is a file {path} already; name another one, or add --force.',
  slow_file:
    'The file {path} was not read in time; try again, or import it by the command line: tallyman import.',
  not_in_inbox: 'This file is not in an inbox folder, or not any more; choose another one.',
  not_plain_name:
    'Write a plain file name such as people.csv: no folder, none of \\ / : * ? " < > |, no point first.',
  file_there: 'There is a file {name} already; write another name, or tick "Replace".',
  no_table_yet: 'The database has no table "{table}"; check its name, or tick "Make the table".',
  imported_already:
    'The same file went into the table {table} with job {id} already ({at}), and without a key its rows would be there twice.',
  no_result: 'Job {id} has no result file: only an export that is finished has one.',
  result_gone: 'The file {path} is not there any more, or not as the job wrote it.',
  foreign_host:
    'This server does not answer for {host}; if the name is its own, whoever runs it names it in TALLYMAN_HOSTS.',
  several_hosts: 'The request names several hosts; name one.',
  foreign_form:
    'This form did not come from a page of Tallyman, so nothing was done. Go back, load the page anew and try again; if that does not help, tell whoever runs Tallyman.',
  form_too_large: 'What was sent is too large: at most {kilobytes} kB are taken.',
  form_too_slow: 'What was sent did not arrive within {seconds} s; send it again.',
  right_missing:
    'You may not do this: the right "{right}" is needed. Ask whoever runs Tallyman for it.',
  no_base_path: 'Write a path of letters, digits and hyphens, as in /tallyman.',
  no_origins: 'Write origins with commas between, as in https://tally.example.',
  no_hosts: 'Write hosts with commas between, as in tally.example or 10.0.0.7:8080.',
  no_header_name: 'Write the name of a request header, as in X-Forwarded-User.',
  no_networks: 'Write addresses and networks with commas between, as in 10.0.0.7,10.1.0.0/16.',
  no_time_zone: 'Write the name of a time zone, as in Europe/Madrid.',
  port_taken: 'Another program listens on {host}, port {port}; choose another port (--port).',
  port_forbidden: 'Port {port} needs rights you have not; choose one from 1024 on (--port).',
  no_host: 'This machine has no address "{host}"; name one of its own (--host).',
  clock_jumped:
    'No job is purged: the clock says {now}, but the last time was {last}. Set the clock, or, if it is right, run: tallyman jobs purge',
  many_to_purge:
    'No job is purged: {due} would go at once, more than a tenth of those that are over. If they are to go, run: tallyman jobs purge',
}
