import type { Job } from '../../domain/jobs/job.ts'
import { FAILURES, type Failure } from '../../domain/words/failures.ts'
import type { Message, MessageParams } from '../../domain/words/messages.ts'
import { isEvent, type JobEvent } from '../../domain/states/transitions.ts'

/** For a worker that gives no failure. */
export const UNKNOWN_FAILURE: Failure = { reason: 'internal', params: { detail: '' } }

const CODES = {
  start: 'TLY-1002',
  pause: 'TLY-1003',
  cancel: 'TLY-1004',
  claim: 'TLY-1005',
  yield: 'TLY-1006',
  halt: 'TLY-1007',
  finish: 'TLY-1008',
  shut_down: 'TLY-1009',
  go_on: 'TLY-1010',
} as const satisfies Record<Exclude<JobEvent, 'fail'>, Message['code']>

const EVENTS = new Map<string, JobEvent>([
  ...Object.values(FAILURES).map((code) => [code, 'fail'] as const),
  ...Object.entries(CODES).flatMap(([event, code]) =>
    isEvent(event) ? [[code, event] as const] : [],
  ),
])

/** The event that a journal entry records; undefined for entries of other kinds. */
export function eventOf(code: Message['code']): JobEvent | undefined {
  return EVENTS.get(code)
}

/** The journal entry for an event; `job` is as it is after the transition. */
export function messageOf(
  event: JobEvent,
  job: Job,
  {
    failure = UNKNOWN_FAILURE,
    params,
  }: { failure?: Failure | undefined; params?: MessageParams | undefined },
): Message {
  if (event === 'fail') {
    return { code: FAILURES[failure.reason], params: { ...failure.params, ...params } }
  }
  return { code: CODES[event], params: { ...paramsOf(event, job), ...params } }
}

function paramsOf(event: JobEvent, { counters, worker }: Job): MessageParams {
  if (event === 'finish') return { processed: counters.processed, rejects: counters.rejects }
  return event === 'claim' ? { worker: worker ?? '' } : {}
}
