import { shown } from '../../src/i18n/shown.ts'

type PrintedFilterProps = { parts: [name: string, value: string | undefined][] }

/** What is chosen, in words: paper shows no form and no link that would say so. */
export function PrintedFilter({ parts }: PrintedFilterProps) {
  const chosen = parts.filter(([, value]) => value !== undefined)
  if (chosen.length === 0) return null
  return (
    <p class="print-only">
      {chosen.map(([name, value]) => shown(`${name}: ${value}`)).join(' · ')}
    </p>
  )
}
