import type { Wait as Reason } from '../../src/domain/jobs/next-step.ts'
import { fill } from '../../src/i18n/console.ts'
import { dateTime, number, type Ui } from '../ground/ui.ts'

/** What is known about the workers; undefined if not asked. */
export type KnownWorkers =
  | {
      /** Number of jobs that any workers hold. */
      busy: number
      /** Workers of this server: the configured number, and how many respond. */
      wanted: number
      answering: number
    }
  | undefined

type WaitProps = {
  ui: Ui
  wait: Reason
  workers: KnownWorkers
  /** Before this time the job does not start. */
  startAt: string | null
}

/** Why there is nothing to do. */
export function Wait({ ui, wait, workers, startAt }: WaitProps) {
  const isLater = wait === 'for_worker' && startAt !== null && new Date(startAt) > ui.now
  const sentence = isLater
    ? fill(ui.text.jobPage.waits.later, { time: dateTime(ui, startAt) })
    : sentenceOf(ui, wait, workers)
  return <p class="wait">{sentence}</p>
}

function sentenceOf(ui: Ui, wait: Reason, workers: KnownWorkers): string {
  const { waits } = ui.text.jobPage
  switch (wait) {
    case 'for_worker':
      return workerSentence(ui, workers)
    case 'pausing':
      return waits.pausing
    case 'cancelling':
      return waits.cancelling
    case 'goes_on':
      return waits.goesOn
    case 'no_records':
      return waits.noRecords
  }
}

/** Workers of other processes are known only by the jobs they hold. */
function workerSentence(ui: Ui, workers: KnownWorkers): string {
  const { waits } = ui.text.jobPage
  if (workers === undefined || workers.wanted === 0) return waits.unknown
  const { busy, wanted, answering } = workers
  if (answering === 0) return fill(waits.noneAnswers, { workers: number(ui, wanted) })
  if (busy < answering) return waits.soon
  const all = number(ui, answering)
  return fill(waits.busy, { busy: all, workers: all })
}
