import type { Generated } from 'kysely'
import type { JobType } from '../../domain/states/status.ts'

/** A template that somebody saved; those that ship with the program have no row. */
export type TemplateTable = {
  id: Generated<number>
  name: string
  /** The folded name: no two templates have the same. */
  name_key: string
  description: string
  type: JobType
  /** The parts of a specification, as JSON. */
  specification: string
  created_at: string
  created_by: string
}

/** What somebody changed in a template, at one time. */
export type TemplateChangeTable = {
  id: Generated<number>
  template_id: number
  at: string
  by: string
  /** The parts that changed, before and after, as JSON. */
  parts: string
}
