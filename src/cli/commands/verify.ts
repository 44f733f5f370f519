import type { Command } from 'commander'
import { phrase, problemText, type Language } from '../../i18n/catalogue.ts'
import { helpIn } from '../../i18n/help.ts'
import { printJson, printLine, printToStderr } from '../output/print.ts'
import type { Call, Session } from '../ground/session.ts'
import { verifyDatabase, type Disagreement, type Verified } from '../run/verify-database.ts'

/** An exit code of its own, different from that of a failed job or a wrong call. */
const DISAGREEMENT_EXIT_CODE = 4
const MAX_PRINTED = 1_000

export function addVerify(program: Command, session: Session): void {
  const help = helpIn(session.language).verify
  program
    .command('verify')
    .description(help.about)
    .addHelpText('after', help.examples)
    .action(async (_options: unknown, command: Command) => {
      await session.run(command.optsWithGlobals(), verify)
    })
}

async function verify({ store, config, isJson }: Call): Promise<number> {
  const { language } = config
  const verifying = verifyDatabase(store)
  const printed: Disagreement[] = []
  let count = 0
  let next = await verifying.next()
  for (; !next.done; next = await verifying.next()) {
    count++
    if (count > MAX_PRINTED) continue
    printed.push(next.value)
    if (!isJson) await printLine(lineOf(next.value, language))
  }
  const { jobs } = next.value
  const notChecked = uncheckedLines(next.value, language)
  if (isJson) {
    const disagreements = printed.map((one) => disagreementJson(one, language))
    await printJson({ jobs, agrees: count === 0, count, disagreements, not_checked: notChecked })
  } else {
    const key = count === 0 ? 'allAgrees' : 'disagrees'
    await printLine(phrase(language, key, { jobs, count, shown: printed.length }))
    for (const sentence of notChecked) printToStderr(sentence)
  }
  return count === 0 ? 0 : DISAGREEMENT_EXIT_CODE
}

function lineOf({ job, problem }: Disagreement, language: Language): string {
  const text = problemText(language, problem)
  return job === null ? text : phrase(language, 'jobLine', { id: String(job), text })
}

function disagreementJson({ job, problem }: Disagreement, language: Language) {
  const check = 'problem' in problem ? problem.problem : problem.code
  return { job, check, message: problemText(language, problem) }
}

/** What the verification could not check, which an auditor must know. */
function uncheckedLines(
  { unknownTables, replacedResults }: Verified,
  language: Language,
): string[] {
  const sentences = [phrase(language, 'sourcesNotChecked')]
  if (unknownTables.length > 0) {
    sentences.push(phrase(language, 'rowsNotChecked', { tables: unknownTables.join(', ') }))
  }
  if (replacedResults > 0) {
    sentences.push(phrase(language, 'resultsNotChecked', { count: replacedResults }))
  }
  return sentences
}
