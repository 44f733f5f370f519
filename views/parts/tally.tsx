import { balances, SUCCESSES } from '../../src/domain/counters.ts'
import type { Job } from '../../src/domain/job.ts'
import { counterLabel, type CounterLabel } from '../../src/i18n/catalogue.ts'
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
        <Equation ui={ui} sum={['total', total]}>
          {[
            ['processed', processed],
            ['unprocessed', total - processed],
          ]}
        </Equation>
      )}
      <Equation ui={ui} sum={['processed', processed]}>
        {[
          ['success', success],
          ['ignored', ignored],
          ['rejects', rejects],
        ]}
      </Equation>
      <Equation ui={ui} sum={['success', success]}>
        {SUCCESSES.map((kind): Term => [kind, counters[kind]])}
      </Equation>
      <p class="tally-verdict">{holds ? ui.text.tally.balances : ui.text.tally.broken}</p>
    </section>
  )
}

type Term = [CounterLabel, number]

function Equation({ ui, sum, children }: { ui: Ui; sum: Term; children: Term[] }) {
  return (
    <p class="equation">
      <TermOf ui={ui} term={sum} />
      <span class="addends">
        {children.map((term, at) => (
          <>
            {' '}
            <span class="addend">
              <span class="operator">{at === 0 ? '=' : '+'}</span> <TermOf ui={ui} term={term} />
            </span>
          </>
        ))}
      </span>
    </p>
  )
}

function TermOf({ ui, term: [counter, value] }: { ui: Ui; term: Term }) {
  return (
    <span class={value === 0 ? 'term term-zero' : 'term'}>
      <b>{number(ui, value)}</b> <span>{counterLabel(ui.language, counter)}</span>
    </span>
  )
}
