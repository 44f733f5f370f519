import { inMotion, isOver, JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { isEvent, targetOf, TRANSITIONS } from '../../../src/domain/states/transitions.ts'

const EVENTS = Object.keys(TRANSITIONS).filter(isEvent)

/** Every move of a job as `src/README.md` shows it: a diagram in Mermaid's words, and a table. */
export function lifeOfAJob(): string {
  return ['```mermaid', ...diagram(), '```', '', ...table()].join('\n')
}

function diagram(): string[] {
  const moves = EVENTS.flatMap((event) =>
    JOB_STATUSES.flatMap((from) => {
      const to = targetOf(event, from)
      return to === undefined ? [] : [`  ${from} --> ${to}: ${event}`]
    }),
  )
  return ['stateDiagram-v2', '  [*] --> editing', '  [*] --> start_pending', ...moves]
}

function table(): string[] {
  const rows = EVENTS.map((event) => {
    const statuses = JOB_STATUSES.flatMap((from) => {
      const to = targetOf(event, from)
      return to === undefined ? [] : [`${from} → ${to}`]
    })
    return `| \`${event}\` | ${TRANSITIONS[event].by} | ${statuses.join(', ')} |`
  })
  const moving = JOB_STATUSES.filter(inMotion).join(', ')
  const over = JOB_STATUSES.filter(isOver).join(', ')
  return [
    '| event | by | from → to |',
    '| --- | --- | --- |',
    ...rows,
    '',
    `In motion: ${moving}. Over: ${over}.`,
  ]
}
