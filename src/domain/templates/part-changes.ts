import { shorten } from '../texts/shorten.ts'
import type { Template } from './template.ts'

/** A part of a template that somebody changed, with its value as text; null: it had none. */
export type PartChange = { part: string; before: string | null; after: string | null }

/** What somebody changed in a template, at one time. */
export type TemplateChange = { at: string; by: string; parts: PartChange[] }

type Compared = Pick<Template, 'name' | 'description' | 'parts'>

/** Parts of which each member is compared by itself. */
const WITH_MEMBERS = ['map', 'types', 'fields', 'names']
const LONGEST_VALUE = 1_000

/** The parts in which two versions of a template differ, each with its value as text. */
export function partChanges(old: Compared, now: Compared): PartChange[] {
  const [before, after] = [valuesOf(old), valuesOf(now)]
  const parts = [...new Set([...before.keys(), ...after.keys()])]
  return parts
    .map((part) => ({ part, before: before.get(part) ?? null, after: after.get(part) ?? null }))
    .filter((change) => change.before !== change.after)
    .map((change) => ({
      ...change,
      before: change.before && shorten(change.before, LONGEST_VALUE),
      after: change.after && shorten(change.after, LONGEST_VALUE),
    }))
}

function valuesOf({ name, description, parts }: Compared): Map<string, string> {
  const values = new Map([
    ['name', name],
    ['description', description],
  ])
  for (const [part, value] of Object.entries(parts)) {
    for (const [path, member] of membersOf(part, value)) {
      if (member !== null) values.set(path, textOf(member))
    }
  }
  return values
}

function membersOf(part: string, value: unknown): [string, unknown][] {
  const hasMembers = WITH_MEMBERS.includes(part) && typeof value === 'object' && value !== null
  if (!hasMembers) return [[part, value]]
  return Object.entries(value).map(([member, inner]) => [`${part}.${member}`, inner])
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
