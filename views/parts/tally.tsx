import { balances, SUCCESSES } from '../../src/domain/counters.ts'
import type { Job } from '../../src/domain/job.ts'
import { isOver } from '../../src/domain/status.ts'
import { counterLabelOf, type CounterLabel } from '../../src/i18n/catalogue.ts'
import { number, type Ui } from '../ui.ts'

/** The promise, as equations with the job's own numbers, and whether they hold. */
export function Tally({ ui, job }: { ui: Ui; job: Job }) {
  const { counters, total } = job
  const { processed, success, ignored, rejects } = counters
  const holds = balances(counters, total)
  return (
    <section class={holds ? 'tally' : 'tally tally-broken'} id="tally">
      <h2>{ui.text.tally.title}</h2>
      {total !== null && (
        <Equation ui={ui} job={job} sum={['total', total]}>
          {[
            ['processed', processed],
            ['unprocessed', total - processed],
          ]}
        </Equation>
      )}
      <Equation ui={ui} job={job} sum={['processed', processed]}>
        {[
          ['success', success],
          ['ignored', ignored],
          ['rejects', rejects],
        ]}
      </Equation>
      <Equation ui={ui} job={job} sum={['success', success]}>
        {SUCCESSES.map((kind): Term => [kind, counters[kind]])}
      </Equation>
      <Verdict ui={ui} job={job} />
    </section>
  )
}

/** Of a job that has read nothing there is nothing to promise yet. */
function Verdict({ ui: { text }, job: { counters, total, status } }: { ui: Ui; job: Job }) {
  if (!balances(counters, total)) return <p class="tally-verdict">{text.tally.broken}</p>
  if (counters.processed === 0) return null
  return (
    <p class="tally-verdict">{isOver(status) ? text.tally.balances : text.tally.balancesSoFar}</p>
  )
}

type Term = [CounterLabel, number]

type EquationProps = { ui: Ui; job: Job; sum: Term; children: Term[] }

function Equation({ ui, job, sum, children }: EquationProps) {
  return (
    <p class="equation">
      <TermOf ui={ui} job={job} term={sum} />
      <span class="addends">
        {children.map((term, at) => (
          <>
            {' '}
            <span class="addend">
              <span class="operator">{at === 0 ? '=' : '+'}</span>{' '}
              <TermOf ui={ui} job={job} term={term} />
            </span>
          </>
        ))}
      </span>
    </p>
  )
}

type TermProps = { ui: Ui; job: Job; term: Term }

function TermOf({ ui, job, term: [counter, value] }: TermProps) {
  return (
    <span class={value === 0 ? 'term term-zero' : 'term'}>
      <b>{number(ui, value)}</b> <span>{counterLabelOf(ui.language, counter, job)}</span>
    </span>
  )
}
