import type { MessageCode } from '../../../domain/words/messages.ts'

/** About single records. */
export const messagesOfRecords: Record<Extract<MessageCode, `TLY-3${string}`>, string> = {
  'TLY-3001': 'The value "{value}" does not fit the type {type}; it takes {form}.',
  'TLY-3002': 'The field must not be empty.',
  'TLY-3003': 'A rule of the table does not allow the record: {detail}.',
  'TLY-3004': 'Another row of the table has the same unique value: {detail}.',
  'TLY-3005': 'The record refers to a row that does not exist: {detail}.',
  'TLY-3006': 'The record cannot be looked up, as these fields of its key are empty: {fields}.',
  'TLY-3007': 'The key {key} occurred earlier in the same source.',
  'TLY-3008': 'The key {key} exists in the database already.',
  'TLY-3009': 'The key {key} is found in several rows of the table.',
  'TLY-3010':
    'The value has {length} {length:character|characters}; {limit} {limit:is|are} allowed.',
  'TLY-3011': 'The database refused the record: {detail}.',
  'TLY-3012':
    'Other rows of the database refer to the row of this record{by}; change or delete them first.',
  'TLY-3013':
    'A trigger, a rule or a policy of the table swallowed the record: what it asks for was not done.',
  'TLY-3014': 'A trigger of the table changed the value "{given}" to "{stored}".',
  'TLY-3015':
    'With the record, triggers or foreign keys changed other rows of the table, or its own once more: {inserted} inserted, {updated} updated, {deleted} deleted.',
  'TLY-3016': 'The table swallows such a record by its own rule (ON CONFLICT IGNORE): {detail}.',
  'TLY-3017': 'A rule of the table does not allow the record beside another row: {detail}.',
  'TLY-3020': 'The number {given} cannot be kept exactly; the nearest that can is {stored}.',
  'TLY-3021': 'The type of the column makes the number {stored} of the value "{given}".',
  'TLY-3022':
    'The value "{value}" has more decimals of a second than the {limit} that the column keeps.',
  'TLY-3023': 'The type {type} of the column would cut off the value "{value}".',
  'TLY-3024': 'The value has {length} {length:byte|bytes}; {limit} {limit:is|are} allowed.',
  'TLY-3030': 'The field needs a value.',
  'TLY-3031': 'The value "{value}" does not match the pattern {wanted}.',
  'TLY-3032': 'The value "{value}" is less than {wanted}.',
  'TLY-3033': 'The value "{value}" is more than {wanted}.',
  'TLY-3034': 'The value "{value}" is none of {wanted}.',
  'TLY-3035': 'The value "{value}" does not exist in the column {column} of the table {table}.',
  'TLY-3040': 'The value "{value}" cannot be read in the format of the field{as_in}.',
  'TLY-3041': 'The value "{value}" is not in the list of values of the field{of_words}.',
  'TLY-3042': 'The value of this field was masked; write it anew.',
  'TLY-3043': 'The expression of the field fails: {detail}.',
  'TLY-3044': 'The expressions of this record do not end within {seconds} seconds.',
  'TLY-3060':
    'There {count:is|are} {count} more {count:message|messages} about the same record; only the first ones are kept.',
}
