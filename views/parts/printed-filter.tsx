import { shown } from '../../src/i18n/shown.ts'

/** What is chosen, each with the name of what it is chosen of. */
export type FilterParts = [name: string, value: string | undefined][]

/** What is chosen, in words: paper shows no form and no link that would say so. */
export function PrintedFilter({ parts }: { parts: FilterParts }) {
  const words = filterText(parts)
  return words === '' ? null : <p class="print-only">{words}</p>
}

export function filterText(parts: FilterParts): string {
  const chosen = parts.filter(([, value]) => value !== undefined)
  return chosen.map(([name, value]) => shown(`${name}: ${value}`)).join(' · ')
}
