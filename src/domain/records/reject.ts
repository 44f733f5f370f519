import type { Message } from '../words/messages.ts'

/**
 * One message about one record. A record with two bad fields has two rejects with the same
 * `record`.
 */
export type Reject = Message & {
  /** Number of the record in the source, from 1. */
  record: number
  /** The physical line on which the record starts, from 1. */
  line: number
  /** Byte offset of the record in the decompressed source. */
  offset: number
  connector: 'text' | 'database'
  /** With a `warning` the record was written or ignored; an `error` kept it out. */
  type: 'error' | 'warning'
  field: string | null
  /** The record's raw bytes without the line end, so that undecodable bytes are kept. */
  raw: Buffer
}

/** A reject in a list: without the raw bytes, which may be large. */
export type ListedReject = Omit<StoredReject, 'raw'>

/** The first raw bytes of a record that may be too large to load, and its full length in bytes. */
export type RawHead = { head: Buffer; bytes: number }

/** A stored reject. `seq` numbers the messages about one record from 0. */
export type StoredReject = Reject & { seq: number; at: string }
