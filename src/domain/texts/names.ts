import { z } from 'zod'

export const name = z.string().min(1).max(200)

/** Names without repetition. */
export const columnNames = z
  .array(name)
  .refine((names) => new Set(names).size === names.length, { message: 'field_twice' })
