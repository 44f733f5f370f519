import { shown } from '../../src/i18n/shown.ts'

type PrintedFilterProps = { parts: [name: string, value: string | undefined][] }

/** The filters in words for print, which shows no form. */
export function PrintedFilter({ parts }: PrintedFilterProps) {
  const chosen = parts.filter(([, value]) => value !== undefined)
  if (chosen.length === 0) return null
  return (
    <p class="print-only">
      {chosen.map(([name, value]) => shown(`${name}: ${value}`)).join(' · ')}
    </p>
  )
}
