import type { OrderedDate } from '../../../domain/specification/fields/date-formats.ts'
import type { ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import { codecOf } from './codec-of.ts'

/**
 * How dates read for whoever looks for their order: also with a day that its month lacks, such as
 * 31/02/24. That is a fault of the date, and speaks for no other order.
 */
export function dateReader(format: ValueFormat): (text: string) => string | undefined {
  const { read } = codecOf(format, 'date')
  if (format.kind !== 'date') return read
  const day = LATE_DAY[format.order]
  return (text) => read(text) ?? read(text.replace(day, '$<before>28'))
}

/** A day that not every month has, by the order of dates. */
const LATE_DAY: Record<OrderedDate['order'], RegExp> = {
  dmy: lateDay(0),
  mdy: lateDay(1),
  ymd: lateDay(2),
}

function lateDay(partsBefore: number): RegExp {
  return new RegExp(String.raw`^(?<before>\s*(?:\w+\W+){${partsBefore}})(?:29|3[01])(?!\d)`)
}
