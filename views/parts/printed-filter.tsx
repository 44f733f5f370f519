import { shown } from '../../src/i18n/shown.ts'

/** What is chosen, each with the name of what it is chosen of. */
export type FilterParts = [name: string, value: string | undefined][]

/** The filters in words for print, which shows no form. */
export function PrintedFilter({ parts }: { parts: FilterParts }) {
  const words = filterText(parts)
  return words === '' ? null : <p class="print-only">{words}</p>
}

export function filterText(parts: FilterParts): string {
  const chosen = parts.filter(([, value]) => value !== undefined)
  return chosen.map(([name, value]) => shown(`${name}: ${value}`)).join(' · ')
}
