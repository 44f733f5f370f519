import type { Level, Message } from '../words/messages.ts'

/** One entry of a job's journal: what happened, when, and who did it. */
export type JournalEntry = Message & {
  id: number
  job_id: number
  /** ISO-8601 UTC. */
  at: string
  level: Level
  actor: string
}
