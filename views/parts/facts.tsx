import type { Child } from 'hono/jsx'
import { shown } from '../../src/i18n/shown.ts'

export type Fact = { name: string; value: Child; key?: string }

/** Names and values below a heading; numbers are aligned right. */
export function Facts({
  title,
  facts,
  numeric,
}: {
  title: string
  facts: Fact[]
  numeric?: boolean
}) {
  return (
    <section class={numeric ? 'facts facts-numeric' : 'facts'}>
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
