import { InvalidInputError } from '../../domain/words/errors.ts'

export function jobIdOf(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new InvalidInputError({ problem: 'no_job_number', text })
}
