export type Level = 'information' | 'warning' | 'error'
export const LEVELS = ['information', 'warning', 'error'] as const satisfies Level[]

/** Every message of the program, with its level. The texts are in i18n/, by code and language. */
export const MESSAGES = {
  // Execution and operators
  'TLY-1001': 'information', // created
  'TLY-1002': 'information', // start
  'TLY-1003': 'information', // pause
  'TLY-1004': 'information', // cancel
  'TLY-1005': 'information', // claim {worker}
  'TLY-1006': 'information', // yield
  'TLY-1007': 'information', // halt
  'TLY-1008': 'information', // finish {processed, rejects}
  'TLY-1009': 'warning', // shut_down
  'TLY-1010': 'information', // go_on
  'TLY-1011': 'information', // resumed {record, offset}
  'TLY-1012': 'warning', // rescued: the worker went silent {worker, seconds}
  'TLY-1013': 'information', // columns mapped {mapped, left_out}
  'TLY-1014': 'information', // index created {index, table, columns}
  'TLY-1015': 'information', // table created {table, columns}
  'TLY-1016': 'information', // dry run: nothing is kept
  'TLY-1017': 'information', // trace of one record {record, outcome}
  'TLY-1018': 'information', // run again {from, job}
  'TLY-1019': 'information', // label changed {from, to}
  'TLY-1020': 'information', // copied {from, job}
  'TLY-1021': 'information', // description changed
  'TLY-1022': 'information', // how the file is read {encoding, delimiter, columns}
  'TLY-1023': 'information', // specification changed
  'TLY-1024': 'error', // the record at which workers died {record, line, offset}
  'TLY-1025': 'error', // the records at one of which workers died {from, to}
  'TLY-1026': 'information', // records that wait for others are tried again {count}
  'TLY-1028': 'information', // the table was empty when the import began {table}
  'TLY-1030': 'warning', // exported text that is no UTF-8 {record, column}
  'TLY-1031': 'warning', // exported values that would not come back {column, record, value}
  'TLY-1032': 'information', // columns that the table computes {columns}
  'TLY-1033': 'information', // reject columns left out
  'TLY-1034': 'warning', // exported NULLs that would come back as the default {column, record}
  'TLY-1035': 'warning', // a delimiter that must be named {delimiter}
  'TLY-1036': 'warning', // what a dry run does not take back {sequences, triggers}
  'TLY-1037': 'warning', // policies may hide rows of the table {table}
  'TLY-1040': 'warning', // columns of the file that fill no field {columns}
  'TLY-1041': 'warning', // the same where the file names none {found, dropped, columns}
  'TLY-1042': 'information', // the table that the job created is dropped again {table}
  'TLY-1043': 'information', // started for later {time}
  'TLY-1044': 'information', // tried out {from, job}
  'TLY-1045': 'information', // saved as a template {name}
  'TLY-1046': 'information', // what changed since another run {field, job, after, up_to}
  'TLY-1047': 'information', // all rows, for want of such a run {field, up_to}
  'TLY-1048': 'warning', // changes that are left to a later run {field, up_to}
  'TLY-1049': 'warning', // transactions that nobody here can see {field}
  'TLY-1050': 'information', // another table {from, to, template, said, said_2, …}
  'TLY-1060': 'information', // a linked job imports corrected rejects {from, job, count}
  'TLY-1061': 'information', // what became of them {job, repaired, open}
  'TLY-1062': 'information', // rejects set aside {count, reason}
  'TLY-1063': 'information', // rejects taken back that were set aside {count}
  'TLY-1070': 'warning', // the database interrupted the run, which goes on {problem}
  'TLY-1100': 'information', // confidence of the detection {encoding, encodings, delimiter, delimiters, quote, escape, record_end}
  'TLY-1101': 'warning', // the encoding is a guess {encoding, sure, others}
  'TLY-1102': 'warning', // the delimiter is a guess {delimiter, others}
  'TLY-1103': 'information', // comment lines {comment}
  'TLY-1105': 'warning', // characters that an encoding lacks {encoding, column, record, value}
  'TLY-1106': 'information', // cells made safe for spreadsheets {column, record, value}
  'TLY-1107': 'warning', // an encoding that must be named {encoding}
  'TLY-1108': 'warning', // exported values that their format cannot write {column, record, value}
  'TLY-1120': 'information', // types of a new table {count, typed}
  'TLY-1121': 'information', // looks like numbers but stays text {columns}
  'TLY-1122': 'information', // the table is recreated with wider types {table, columns, record}
  'TLY-1123': 'warning', // not recreated, because somebody uses the table {table, columns}
  'TLY-1124': 'warning', // lines above the header, as detected {count, text}
  'TLY-1125': 'warning', // no header, as detected {columns}
  'TLY-1126': 'warning', // surplus blank names {names, columns}
  'TLY-1127': 'warning', // surplus fields that are always empty {dropped}
  'TLY-1128': 'warning', // columns without a name get one {names, columns, added}
  'TLY-1129': 'warning', // names of a damaged line {names}
  'TLY-1130': 'information', // lines that were skipped as asked {count}
  'TLY-1131': 'information', // records at the end that were skipped as asked {count, line}
  'TLY-1132': 'warning', // the rest of the file has another width {line, count, found, expected}
  'TLY-1133': 'warning', // the file is empty {path}
  'TLY-1134': 'warning', // exported rows of nothing but NULL {record}
  // Text connector
  'TLY-1140': 'information', // read as JSON Lines {columns}
  'TLY-1141': 'warning', // a name that no record at the beginning has {name, record, line}
  'TLY-1142': 'warning', // more such names than are told {count}
  'TLY-1143': 'information', // reading ended at the last record that was asked for {record}
  'TLY-1145': 'information', // one of several files {number, count, path}
  'TLY-1146': 'information', // it is read from here on {path, record}
  'TLY-1147': 'warning', // columns that only one of several files has {path, columns}
  'TLY-2001': 'error', // bare quote
  'TLY-2002': 'error', // text after a closing quote
  'TLY-2003': 'error', // wrong number of columns {expected, found}
  'TLY-2004': 'error', // unterminated quote
  'TLY-2005': 'error', // invalid encoding {encoding, byte, place, hint}
  'TLY-2006': 'error', // record too long {limit}
  'TLY-2007': 'error', // NUL byte
  'TLY-2020': 'error', // a value after the last named column {column, value}
  'TLY-2021': 'error', // the header again
  'TLY-2030': 'error', // a line that is no JSON {place}
  'TLY-2031': 'error', // JSON that is no object
  'TLY-2032': 'error', // a name that an object has twice {name}
  'TLY-2033': 'error', // half of a surrogate pair {name}
  'TLY-2034': 'error', // U+0000 in a text {name}
  // Database connector
  'TLY-3001': 'error', // value does not fit the type {value, type}, or is out of its range {…, least, most | digits | below}
  'TLY-3002': 'error', // NOT NULL
  'TLY-3003': 'error', // CHECK {detail}
  'TLY-3004': 'error', // UNIQUE {detail}
  'TLY-3005': 'error', // FOREIGN KEY {detail}
  'TLY-3006': 'error', // a key is empty {fields}
  'TLY-3007': 'error', // double {key}
  'TLY-3008': 'error', // duplicate {key}
  'TLY-3009': 'error', // the key finds several rows {key}
  'TLY-3010': 'error', // value too long {limit, length}
  'TLY-3011': 'error', // refused by the database for another reason {detail}
  'TLY-3012': 'error', // other rows refer to the one that it deletes or whose key it changes {by}
  'TLY-3013': 'warning', // swallowed by a trigger
  'TLY-3014': 'warning', // changed by a trigger {given, stored}
  'TLY-3015': 'warning', // other rows were changed as well, or its own again {inserted, updated, deleted}
  'TLY-3016': 'warning', // swallowed by ON CONFLICT IGNORE {detail}
  'TLY-3017': 'error', // exclusion constraint {detail}
  'TLY-3020': 'error', // a number that cannot be stored exactly {given, stored}
  'TLY-3021': 'error', // text that the column converts to a number {given, stored}
  'TLY-3022': 'error', // a time with more decimals of a second than the column keeps {value, limit}
  'TLY-3023': 'error', // an interval with a smaller unit than the column keeps {value, type}
  'TLY-3024': 'error', // value of too many bytes {limit, length}
  'TLY-3030': 'error', // check: required
  'TLY-3031': 'error', // check: pattern {value, wanted}
  'TLY-3032': 'error', // check: least {value, wanted}
  'TLY-3033': 'error', // check: most {value, wanted}
  'TLY-3034': 'error', // check: one of a list {value, wanted}
  'TLY-3035': 'error', // check: exists in another table {value, table, column}
  'TLY-3040': 'error', // a value that is not in the format of its field, with a value that is {value, sample}
  'TLY-3041': 'error', // a value that an enumeration does not list, with the words of its list {value, listed}
  'TLY-3042': 'error', // the mask of a sensitive value
  'TLY-3043': 'error', // an error of an expression {detail}
  'TLY-3044': 'error', // an expression that does not end {seconds}
  'TLY-3060': 'error', // number of further messages about the same record {count}
  // Failures
  'TLY-9001': 'error', // internal {detail}
  'TLY-9002': 'error', // source_missing {path}
  'TLY-9003': 'error', // source_changed {path}
  'TLY-9004': 'error', // source_truncated {path}
  'TLY-9005': 'error', // target_missing {table}
  'TLY-9006': 'error', // target_changed {table, before, now}
  'TLY-9007': 'error', // all_rejected {count}
  'TLY-9008': 'error', // too_many_rejects {limit}
  'TLY-9009': 'error', // stopped_by_field {field, record}
  'TLY-9010': 'error', // disk_full
  'TLY-9011': 'error', // worker_died {times, record}
  'TLY-9012': 'error', // invalid_specification {problem and its parameters}
  'TLY-9013': 'error', // output_failed {path, detail or problem}
  'TLY-9014': 'error', // source_damaged {path, detail}
  'TLY-9015': 'error', // database_failed {problem}
} as const satisfies Record<string, Level>

export type MessageCode = keyof typeof MESSAGES
export function isMessageCode(text: string): text is MessageCode {
  return Object.hasOwn(MESSAGES, text)
}

export type MessageParams = Record<string, string | number>
export type Message = { code: MessageCode; params: MessageParams }
