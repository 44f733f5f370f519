import type { ColumnType } from '../domain/records/table.ts'
import type { ListedJob } from '../domain/jobs/job.ts'
import type { FormatName } from '../domain/formats/formats.ts'
import type { Level, Message, MessageCode } from '../domain/words/messages.ts'
import { PROBLEMS, type Act, type Problem, type ProblemKey } from '../domain/words/problems.ts'
import type { JobStatus, JobType } from '../domain/states/status.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fill } from './fill.ts'
import { asOnForm } from './form-names.ts'
import { formatChoice, formatDateTime, formatNumber } from './format.ts'
import type { Language } from './languages.ts'
import { withProgramName } from './program-name.ts'
import type { PhraseKey, PhraseParams } from './phrases.ts'
import { shown } from './shown.ts'
import { COLUMN_LIMITS, type CounterLabel, type Words } from './en/words.ts'

export { LANGUAGES, type Language } from './languages.ts'

/** The texts of one language. `{name}` in a sentence stands for the parameter of that name. */
type Catalogue = Words & {
  messages: Record<MessageCode, string>
  problems: Record<ProblemKey, string>
  formats: Record<FormatName, string>
  phrases: Record<PhraseKey, string>
}

const CATALOGUES: Record<Language, Catalogue> = { en, es }

type Params = Readonly<Record<string, unknown>>

/** A message as an operator reads it, with numbers formatted for the language. */
export function messageText(language: Language, message: Message): string {
  return told({ language }, message)
}

/** The same on a page, where options have the names of the form's fields. */
export function messageOnPage(language: Language, message: Message): string {
  return told({ language, isOnPage: true }, message)
}

type Reader = { language: Language; isOnPage?: boolean; timeZone?: string | undefined }

function told(reader: Reader, { code, params }: Message): string {
  const { language } = reader
  const { messages, outcomes, columnTypes } = CATALOGUES[language]
  return fill(sentenceFor(reader, messages[code]), (name) => {
    const value = params[name]
    if (name === 'detail' && isProblem(params['problem'])) {
      return namedProblem(reader, params['problem'], params)
    } else if (name === 'outcome') return wordFor(outcomes, value)
    else if (name === 'type') return wordFor(columnTypes, value)
    else if (name === 'on_host') return 'host' in params ? onHost(language, params) : ''
    else if (name === 'as_in') return 'sample' in params ? asIn(language, params) : ''
    else if (name === 'form') return formOf(language, params)
    else if (name === 'of_words') return 'listed' in params ? ofWords(language, params) : ''
    else return valueText(language, name === 'by' ? (value ?? '') : value)
  })
}

/** Why something is refused, in a sentence that says what to do. */
export function problemText(language: Language, problem: Problem): string {
  return refusal({ language }, problem)
}

/** The same on a page. Times are in the given time zone; by default, in the machine's. */
export function problemOnPage(language: Language, problem: Problem, timeZone?: string): string {
  return refusal({ language, isOnPage: true, timeZone }, problem)
}

function refusal(reader: Reader, problem: Problem): string {
  return 'code' in problem ? told(reader, problem) : namedProblem(reader, problem.problem, problem)
}

function sentenceFor({ language, isOnPage = false }: Reader, sentence: string): string {
  return isOnPage ? asOnForm(language, sentence) : sentence
}

/** A sentence of the program with its parameters filled in. */
export function phrase<Key extends PhraseKey>(
  language: Language,
  key: Key,
  ...[params]: PhraseParams<Key>
): string {
  const values: Params = params ?? {}
  return fill(withProgramName(CATALOGUES[language].phrases[key]), (name) =>
    valueText(language, values[name]),
  )
}

export function statusLabel(language: Language, status: JobStatus): string {
  return CATALOGUES[language].statuses[status]
}

/** The label of the act on a button and in the sentence that refuses it. */
export function actLabel(language: Language, act: Act): string {
  return CATALOGUES[language].acts[act]
}

export function typeLabel(language: Language, type: JobType): string {
  return CATALOGUES[language].types[type]
}

export function columnTypeLabel(language: Language, type: ColumnType): string {
  return CATALOGUES[language].columnTypes[type]
}

export function levelLabel(language: Language, level: Level): string {
  return CATALOGUES[language].levels[level]
}

export function counterLabel(language: Language, counter: CounterLabel): string {
  return CATALOGUES[language].counters[counter]
}

/** The label of a counter for this job: a dry run and an export insert nothing. */
export function counterLabelOf(
  language: Language,
  counter: CounterLabel,
  { type, dry_run }: Pick<ListedJob, 'type' | 'dry_run'>,
): string {
  if (type === 'export' && counter === 'inserted') return counterLabel(language, 'written')
  const would: Partial<Record<CounterLabel, string>> = CATALOGUES[language].wouldBe
  return (dry_run ? would[counter] : undefined) ?? counterLabel(language, counter)
}

/** Parameters stored with a job may have any shape. */
function namedProblem(reader: Reader, key: ProblemKey, params: Params): string {
  const { language, timeZone } = reader
  const { problems, statuses, acts, messages, formats } = CATALOGUES[language]
  const kinds: Params = PROBLEMS[key]
  const file = params['in_file']
  const where = file === undefined ? '' : `${shown(String(file))}: `
  return (
    where +
    fill(withProgramName(sentenceFor(reader, problems[key])), (name) => {
      const value = params[name]
      switch (kinds[name]) {
        case 'status':
          return wordFor(statuses, value)
        case 'statuses':
          return formatChoice(language, wordsFor(statuses, value))
        case 'format':
          return wordFor(formats, value)
        case 'act':
          return wordFor(acts, value)
        case 'message':
          return fill(sentenceFor(reader, wordFor(messages, value)), (inner) =>
            valueText(language, params[inner]),
          )
        case 'time':
          return formatDateTime(language, String(value), timeZone)
        case 'id':
          return shown(String(value))
        default:
          return valueText(language, value)
      }
    })
  )
}

function wordsFor(words: Readonly<Record<string, string>>, keys: unknown): string[] {
  return Array.isArray(keys) ? keys.map((key) => wordFor(words, key)) : []
}

function wordFor(words: Readonly<Record<string, string>>, key: unknown): string {
  const word = typeof key === 'string' && Object.hasOwn(words, key) ? words[key] : undefined
  return word ?? shown(String(key))
}

/** A name in a file may be a megabyte long; a sentence must not be. In UTF-16 code units. */
const MAX_VALUE_LENGTH = 2_000

/** A value for a sentence: on one line, in its own text direction. */
function valueText(language: Language, value: unknown): string {
  if (typeof value === 'number') return formatNumber(language, value)
  const text = String(value ?? '?')
  return shown(text.length <= MAX_VALUE_LENGTH ? text : `${text.slice(0, MAX_VALUE_LENGTH)}…`)
}

/** What a column takes; where a number is out of its range, with the limit. */
function formOf(language: Language, params: Params): string {
  const { columnForms, columnLimits } = CATALOGUES[language]
  const limit = COLUMN_LIMITS.find((one) => one in params)
  if (limit === undefined) return wordFor(columnForms, params['type'])
  return fill(columnLimits[limit], (name) => valueText(language, params[name]))
}

function isProblem(key: unknown): key is ProblemKey {
  return typeof key === 'string' && Object.hasOwn(PROBLEMS, key)
}

const ofWords = (language: Language, { listed }: Params) =>
  phrase(language, 'ofWords', { listed: String(listed) })

const asIn = (language: Language, { sample }: Params) =>
  phrase(language, 'asIn', { sample: String(sample) })

const onHost = (language: Language, { host }: Params) =>
  phrase(language, 'onHost', { host: String(host) })
