import { commandLine } from './en/command-line.ts'
import { formats } from './en/files.ts'
import { job } from './en/job.ts'
import { messages } from './en/messages/messages.ts'
import { problems } from './en/problems/problems.ts'
import { words } from './en/words.ts'

export const en = {
  ...words,
  formats,
  messages,
  problems,
  phrases: { ...job, ...commandLine },
}
