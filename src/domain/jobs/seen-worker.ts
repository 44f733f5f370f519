/** A worker as it is shown to people. */
export type SeenWorker = {
  id: string
  name: string
  host: string
  /** Version of the program that it runs. */
  version: string
  started_at: string
  heartbeat_at: string
  isAlive: boolean
  /** The job that it runs. */
  job: { id: number; label: string } | null
}
