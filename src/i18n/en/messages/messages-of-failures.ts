import type { MessageCode } from '../../../domain/words/messages.ts'

/** Why a job failed. */
export const messagesOfFailures: Record<Extract<MessageCode, `TLY-9${string}`>, string> = {
  'TLY-9001': 'The job failed because of an internal error: {detail}.',
  'TLY-9002': 'The file {path} is not there or cannot be read{on_host}.',
  'TLY-9003':
    'The file {path} was changed, replaced or removed since the job began; import it with a new job.',
  'TLY-9004': 'The file {path} ends too early.',
  'TLY-9005': 'There is no table {table}.',
  'TLY-9006':
    'The table {table} was changed since the job began: its columns were {before} and are {now}.',
  'TLY-9007': 'The first {count} records were all rejected; check the columns and the delimiter.',
  'TLY-9008': 'The limit of this job is reached: {limit} {limit:reject|rejects}.',
  'TLY-9009':
    'Field {field} of record {record} is in error, and the job must stop at such an error.',
  'TLY-9010': 'The disk is full. Make room and start the job again; it goes on where it stopped.',
  'TLY-9011': 'The worker died {times} times after record {record}.',
  'TLY-9012': 'The job cannot be executed as it is specified. {detail}',
  'TLY-9013': 'The file {path} cannot be written: {detail}.',
  'TLY-9014': 'The file {path} is damaged and can be read no further: {detail}.',
  'TLY-9015': 'The job could not go on. {detail}',
}
