import type { MessageCode } from '../../../domain/words/messages.ts'
import { messagesOfFailures } from './messages-of-failures.ts'
import { messagesOfRecords } from './messages-of-records.ts'

export const messages: Record<MessageCode, string> = {
  'TLY-1001': 'The job was created.',
  'TLY-1002': 'Start was asked for.',
  'TLY-1003': 'Pause was asked for.',
  'TLY-1004': 'Cancel was asked for.',
  'TLY-1005': 'Worker {worker} executes the job.',
  'TLY-1006': 'The job is paused.',
  'TLY-1007': 'The job is cancelled. What was written stays.',
  'TLY-1008': 'The job is finished. Records processed: {processed}; rejects: {rejects}.',
  'TLY-1009': 'The execution was interrupted by a shutdown; it goes on by itself.',
  'TLY-1010': 'The job goes on after the shutdown as soon as a worker is free.',
  'TLY-1011': 'The execution goes on after record {record}, at byte {offset}.',
  'TLY-1012': 'Worker {worker} has given no sign of life for {seconds} s and was given up.',
  'TLY-1013': 'Columns that are imported: {mapped}. Left out: {left_out}.',
  'TLY-1014': 'Index {index} was created on table {table} ({columns}).',
  'TLY-1015': 'Table {table} was created with the columns {columns}.',
  'TLY-1016': 'This is a dry run: nothing is written to the table.',
  'TLY-1017': 'Record {record}: {outcome}.',
  'TLY-1018': 'Job {from} is run again as job {job}.',
  'TLY-1019': 'The label was changed from "{from}" to "{to}".',
  'TLY-1020': 'Job {from} was copied as job {job}.',
  'TLY-1021': 'The description was changed.',
  'TLY-1022':
    'The file is read as {encoding}, with the delimiter "{delimiter}". Its columns: {columns}.',
  'TLY-1023': 'The specification was changed.',
  'TLY-1024':
    'The record in question is {record}, the first one from line {line}, byte {offset}, on.',
  'TLY-1025': 'The records in question are those from {from} to {to}.',
  'TLY-1026':
    '{count} {count:record waits|records wait} for others of the file; {count:it is|they are} tried again now.',
  'TLY-1028': 'The table {table} was empty.',
  'TLY-1030':
    'From record {record} on, column {column} first, there is text that is no valid UTF-8; it was written as it is in the table, and an import rejects it.',
  'TLY-1031':
    'An import into the same table would refuse or change values of the column {column}, first in record {record}: {value}.',
  'TLY-1032': 'Columns that the table computes itself, and that are not taken: {columns}.',
  'TLY-1033': 'The columns that an export of rejects added are left out.',
  'TLY-1034':
    'The column {column} is NULL, first in record {record}; an import makes it the default of the table there, unless {column} is named in --empty-overwrites.',
  'TLY-1035':
    'The file does not show its delimiter by itself; an import must name it: --delimiter "{delimiter}".',
  'TLY-1036':
    'A dry run does not take everything back. Sequences whose numbers are used up: {sequences}. Triggers that fire: {triggers}.',
  'TLY-1037':
    'Row-level security of the table {table} may hide rows from the user of the database. Such rows count as not there: they are not exported, found or changed, though their unique values keep records out.',
  'TLY-1040':
    'Columns of the file that fill no field of the table, and are left out: {columns}. Say which field takes one: --map column=field.',
  'TLY-1041':
    'Of the {found} columns of the file, {dropped} {dropped:fills|fill} no field of the table and {dropped:is|are} left out: {columns}. Say which field takes one: --map 3=field.',
  'TLY-1042':
    'Nothing went into the table {table}, which this job had created; it was removed again.',
  'TLY-1043': 'It starts at {time}, not before.',
  'TLY-1044': 'Job {job} tries out job {from}, as a dry run.',
  'TLY-1045': 'The job was saved as the template "{name}".',
  'TLY-1046': 'Only what changed since job {job} is written: {field} from {after} to {up_to}.',
  'TLY-1047':
    'All rows are written, {field} up to {up_to}: no run of the same template has finished with the same table, conditions and columns.',
  'TLY-1048':
    'Rows whose {field} is after {up_to} are left to a later run: a transaction that began before is still open, or their time is still to come.',
  'TLY-1049':
    'Transactions of other database users are open, and when they began cannot be seen: what they set {field} to before they end may be in no run. Grant pg_read_all_stats to the user of Tallyman.',
  'TLY-1050': 'The table was changed from {from} to {to}.',
  'TLY-1060': 'Job {job} imports {count} {count:reject|rejects} of job {from}, corrected.',
  'TLY-1061':
    'Job {job} is over: {repaired} {repaired:reject is|rejects are} repaired, {open} {open:is|are} open again.',
  'TLY-1062': '{count} {count:reject was|rejects were} set aside: {reason}',
  'TLY-1063':
    '{count} {count:reject that was|rejects that were} set aside {count:is|are} open again.',
  'TLY-1070': 'The database interrupted the run, which goes on at the last checkpoint. {detail}',
  'TLY-1100':
    'Quote: {quote}; escape: {escape}; record ends: {record_end}. What fits less well: the encoding {encodings}, the delimiter {delimiters}.',
  'TLY-1101':
    'The encoding of the file is a guess: {encoding}; it may also be {others}. Look at its texts, and where they are wrong, import it again with --encoding.',
  'TLY-1102':
    'The delimiter of the file is a guess: {delimiter}; it may also be {others}. Where the columns are wrong, import it again with --delimiter.',
  'TLY-1103': 'Lines that begin with {comment} are no records and count as empty.',
  'TLY-1105':
    '{encoding} has no character for "{value}", in the column {column}, first in record {record}; a question mark stands there instead.',
  'TLY-1106':
    'An apostrophe was put before values of the column {column} that a spreadsheet would run as formulas, first in record {record}: {value}.',
  'TLY-1107':
    'The file does not show its encoding by itself; an import must name it: --encoding {encoding}.',
  'TLY-1108':
    'Column "{column}": the value "{value}" of record {record} cannot be written in the format of the column, and stands in the file as it is; it may not be the only one.',
  'TLY-1120':
    'By the first {count} records, of which every value can be written back as it is, these columns have a type: {typed}. All others are texts.',
  'TLY-1121':
    'These columns look like numbers and are texts, since a number would come back otherwise: {columns}.',
  'TLY-1122':
    'From record {record} on there are values of another form: the table {table} was made anew with {columns}. Its rows are the same.',
  'TLY-1123':
    'Values that come after the first records do not fit the types of {columns}; the table {table} is used by somebody else already and stays as it is, so that records with such values are rejected.',
  'TLY-1124':
    'The first {count} {count:line stands|lines stand} above the header and {count:was|were} skipped: {text}. If the header is the first line: --header-lines 1.',
  'TLY-1125':
    'The file has no header: its first line looks like all others. Its columns are called {columns}. If it has one: --header-lines 1.',
  'TLY-1126':
    'The header has {names} names and the records have {columns} columns: the names that are blank were left out.',
  'TLY-1127':
    'Behind the last name each record has {dropped} {dropped:field that is|fields that are} empty and {dropped:was|were} left out. If the names stand over the wrong columns: --skip 1 --columns a,b,…',
  'TLY-1128':
    'The header has {names} names and the records have {columns} columns; those without a name are called {added}. If the names stand over the wrong columns: --skip 1 --columns a,b,…',
  'TLY-1129':
    'The header is damaged. Its names were read as {names}. If they are others: --skip 1 --columns a,b,…',
  'TLY-1130': '{count} {count:line|lines} at the beginning of the file {count:was|were} skipped.',
  'TLY-1131':
    'The last {count} {count:record|records} of the file, from line {line} on, {count:was|were} left out.',
  'TLY-1132':
    'From line {line} to its end the file has records of {found} {found:column|columns} instead of {expected}: {count} {count:was|were} rejected. Perhaps another table begins there.',
  'TLY-1133': 'The file {path} is empty: nothing was read.',
  'TLY-1134':
    'Rows of nothing but NULL, the first of them record {record}, are lines of nothing but delimiters; an import counts them as empty.',
  'TLY-1140': 'Read as JSON Lines in UTF-8; columns: {columns}.',
  'TLY-1141':
    'The name {name} first appears in record {record}, on line {line}: none of the records at the beginning has it, so that it is no column, and its values are left out. To import them, name all columns (--columns).',
  'TLY-1142':
    'More than {count} names appear behind the records at the beginning: the others are left out without a message of their own.',
  'TLY-1143':
    'Reading ended with record {record}, as asked; what follows in the file is not counted.',
  'TLY-1145': 'File {number} of {count}: {path}.',
  'TLY-1146': 'From record {record} on, the records are those of the file {path}.',
  'TLY-1147': 'Columns of {path} that the first file lacks, and that fill nothing: {columns}.',
  'TLY-2001': 'There is a quote within a value that does not begin with one.',
  'TLY-2002': 'There is text after the closing quote of a value.',
  'TLY-2003': 'The record has {found} {found:column|columns} instead of {expected}.',
  'TLY-2004': 'A quote is opened and never closed.',
  'TLY-2005':
    'The record is not valid {encoding} text: the first doubtful byte, {byte}, is number {place} of the record. If the whole file is written so, try --encoding {hint}.',
  'TLY-2006': 'The record is longer than {limit} bytes.',
  'TLY-2007': 'The record contains a NUL byte.',
  'TLY-2020':
    'The record has the value "{value}" in column {column}, behind the last one that has a name.',
  'TLY-2021': 'The line is the header once more.',
  'TLY-2030': 'The line is not valid JSON: the error is at character {place}.',
  'TLY-2031': 'The line is valid JSON, but no object.',
  'TLY-2032': 'The object has the name {name} twice, so that nobody can tell which value is meant.',
  'TLY-2033': 'The value of {name} holds half of a character (a lone surrogate), which is no text.',
  'TLY-2034':
    'The value of {name} holds a NUL character (\\u0000), which no text of the table may hold.',
  ...messagesOfRecords,
  ...messagesOfFailures,
}
