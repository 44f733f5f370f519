import { commandLine } from './es/command-line.ts'
import { job } from './es/job.ts'
import { messages } from './es/messages.ts'
import { problems } from './es/problems/problems.ts'
import { words } from './es/words.ts'

export const es = {
  ...words,
  messages,
  problems,
  phrases: { ...job, ...commandLine },
}
