import { commandLine } from './es/command-line.ts'
import { formats } from './es/files.ts'
import { job } from './es/job.ts'
import { messages } from './es/messages/messages.ts'
import { problems } from './es/problems/problems.ts'
import { words } from './es/words.ts'

export const es = {
  ...words,
  formats,
  messages,
  problems,
  phrases: { ...job, ...commandLine },
}
