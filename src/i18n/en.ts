import { commandLine } from './en/command-line.ts'
import { job } from './en/job.ts'
import { messages } from './en/messages.ts'
import { problems } from './en/problems/problems.ts'
import { words } from './en/words.ts'

export const en = {
  ...words,
  messages,
  problems,
  phrases: { ...job, ...commandLine },
}
