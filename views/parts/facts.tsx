import type { Child } from 'hono/jsx'
import { shown } from '../../src/i18n/shown.ts'

export type Fact = { name: string; value: Child; key?: string }

type FactsProps = {
  title: string
  facts: Fact[]
  numeric?: boolean
  /** The values are words, which are read from the left. */
  told?: boolean
}

/** Names and values below a heading; a value that is a number stands at the right. */
export function Facts({ title, facts, numeric, told }: FactsProps) {
  const kind = numeric ? ' facts-numeric' : told ? ' facts-told' : ''
  return (
    <section class={`facts${kind}`}>
      <h2>{title}</h2>
      <dl>
        {facts.map(({ name, value, key }) => (
          <div>
            <dt>{name}</dt>
            <dd data-counter={key}>{typeof value === 'string' ? shown(value) : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
