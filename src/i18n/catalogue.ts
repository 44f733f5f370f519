import type { Counter } from '../domain/counters.ts'
import type { Level, Message, MessageCode } from '../domain/messages.ts'
import type { JobStatus, JobType } from '../domain/status.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { formatNumber } from './format.ts'

export const LANGUAGES = ['en', 'es'] as const
export type Language = (typeof LANGUAGES)[number]

/** All that the General tab counts: the stored counters and what follows from them. */
export type CounterLabel = Counter | 'total' | 'rejected' | 'unprocessed' | 'bytes_read' | 'batches'

/** The words of one language. `{name}` in a message stands for its parameter of that name. */
export type Catalogue = {
  messages: Record<MessageCode, string>
  statuses: Record<JobStatus, string>
  types: Record<JobType, string>
  levels: Record<Level, string>
  counters: Record<CounterLabel, string>
}

const CATALOGUES: Record<Language, Catalogue> = { en, es }

/** A message as an operator reads it, with its numbers in the manner of the language. */
export function messageText(language: Language, { code, params }: Message): string {
  return CATALOGUES[language].messages[code].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    return typeof value === 'number' ? formatNumber(language, value) : (value ?? '?')
  })
}

export function statusLabel(language: Language, status: JobStatus): string {
  return CATALOGUES[language].statuses[status]
}

export function typeLabel(language: Language, type: JobType): string {
  return CATALOGUES[language].types[type]
}

export function levelLabel(language: Language, level: Level): string {
  return CATALOGUES[language].levels[level]
}

export function counterLabel(language: Language, counter: CounterLabel): string {
  return CATALOGUES[language].counters[counter]
}
