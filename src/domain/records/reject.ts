import type { Message } from '../words/messages.ts'

/** One message about one record. A record with two bad fields has two of them, with the same `record`. */
export type Reject = Message & {
  /** Counts records of the source from 1. */
  record: number
  /** The physical line on which the record starts, from 1. */
  line: number
  /** Byte offset of the record in the decompressed source. */
  offset: number
  connector: 'text' | 'database'
  /** A `warning` was logged and the record went in or was ignored; an `error` kept it out. */
  type: 'error' | 'warning'
  field: string | null
  /** The record's own bytes, without its line end: what cannot be decoded is not lost. */
  raw: Buffer
}

/** A reject as a list shows it: without the record's bytes, which may be many. */
export type ListedReject = Omit<StoredReject, 'raw'>

/** What of the record's bytes is at hand where they may be too many: the first ones, and their number. */
export type RawHead = { head: Buffer; bytes: number }

/** A reject as it is stored. `seq` numbers the messages of one record from 0. */
export type StoredReject = Reject & { seq: number; at: string }
