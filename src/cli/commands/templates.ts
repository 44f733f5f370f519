import { Option, type Command } from 'commander'
import { z } from 'zod'
import { printParts } from '../../domain/specification/specification-file.ts'
import { JOB_TYPES } from '../../domain/states/status.ts'
import { tableOf, withoutFile, type Template } from '../../domain/templates/template.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import {
  deleteTemplate,
  saveJobAsTemplate,
  saveTemplate,
  type WrittenTemplate,
} from '../../engine/templates/save-template.ts'
import { historyOf } from '../../engine/templates/template-history.ts'
import { listTemplates, requireTemplateNamed } from '../../engine/templates/templates.ts'
import { checkTemplate } from '../../pipeline/templates/check-template.ts'
import { phrase, typeLabel, type Language } from '../../i18n/catalogue.ts'
import { formatDateTime } from '../../i18n/format.ts'
import { helpIn } from '../../i18n/help.ts'
import { escapeJson } from '../../i18n/shown.ts'
import type { Call, Session } from '../ground/session.ts'
import { jobIdOf } from '../options/job-id.ts'
import { typedPartsOfFile } from '../options/specification-file.ts'
import { jobsJson } from '../output/job-json.ts'
import { print, printJson, printLine, printLines } from '../output/print.ts'
import { tableLines } from '../output/table.ts'

export function addTemplates(program: Command, session: Session): void {
  const help = helpIn(session.language).templates
  const templates = program
    .command('templates')
    .description(help.about)
    .addHelpText('after', help.examples)
  templates
    .command('list')
    .description(help.list)
    .action(async (_options: unknown, command: Command) => {
      await session.run(command.optsWithGlobals(), list)
    })
  onTemplate(templates, session, 'show', help.show, show)
  onTemplate(templates, session, 'save', help.save, save)
    .option('--job <id>', help.job)
    .option('--spec <file>', help.spec)
    .addOption(new Option('--type <type>', help.type).choices(JOB_TYPES))
    .option('--description <text>', help.description)
    .option('--replace', help.replace)
  onTemplate(templates, session, 'delete', help.delete, remove)
}

function onTemplate(
  templates: Command,
  session: Session,
  command: string,
  description: string,
  act: (call: Call, name: string, options: unknown) => Promise<number>,
): Command {
  return templates
    .command(command)
    .description(description)
    .argument('<name>', helpIn(session.language).templates.name)
    .action(async (name: string, _options: unknown, called: Command) => {
      const options: unknown = called.optsWithGlobals()
      await session.run(options, (call) => act(call, name, options))
    })
}

async function list({ store, config: { language }, isJson }: Call): Promise<number> {
  const templates = await listTemplates(store.db)
  if (isJson) await printJson({ templates: templates.map(templateJson) })
  else await printLines(linesOf(templates, language))
  return 0
}

/** The template as a file for --spec; with --json, also its jobs and what changed in it. */
async function show(call: Call, name: string): Promise<number> {
  const { store, isJson } = call
  const template = await requireTemplateNamed(store.db, name)
  if (isJson) {
    const { runs, medians, changes } = await historyOf(store.db, template, new Date())
    const jobs = await jobsJson(call, runs)
    await printJson({ ...templateJson(template), medians, jobs, changes })
  } else {
    const lines = printParts(template.type, template.parts).split('\n')
    await print(lines.map(escapeJson).join('\n'))
  }
  return 0
}

const saveOptions = z.object({
  job: z.string().optional(),
  spec: z.string().optional(),
  type: z.enum(JOB_TYPES).optional(),
  description: z.string().default(''),
  replace: z.boolean().default(false),
})

async function save(call: Call, name: string, given: unknown): Promise<number> {
  const { store, config, isJson } = call
  const { job, spec, type: asked, description, replace: replaces } = saveOptions.parse(given)
  if ((job === undefined) === (spec === undefined)) {
    throw new InvalidInputError({ problem: 'template_of_what' })
  }
  const by = { actor: config.actor, now: new Date(), replaces }
  const saved =
    job === undefined
      ? await saveWritten(
          call,
          { name, description, ...(await typedPartsOfFile(given, asked)) },
          by,
        )
      : await saveJobAsTemplate(store.db, jobIdOf(job), { name, description }, by)
  if (isJson) await printJson(templateJson(saved))
  else await printLine(phrase(config.language, 'templateIsSaved', { name: saved.name }))
  return 0
}

async function saveWritten(
  { store }: Call,
  given: WrittenTemplate,
  by: { actor: string; now: Date; replaces: boolean },
): Promise<Template> {
  const written = { ...given, parts: withoutFile(given.parts) }
  await checkTemplate(store, written)
  return await saveTemplate(store.db, written, by)
}

async function remove({ store, config, isJson }: Call, name: string): Promise<number> {
  const { key, name: known } = await requireTemplateNamed(store.db, name)
  await deleteTemplate(store.db, key)
  if (isJson) await printJson({ name: known, deleted: true })
  else await printLine(phrase(config.language, 'templateIsDeleted', { name: known }))
  return 0
}

function templateJson({ name, type, description, parts, saved }: Template) {
  return {
    name,
    type,
    description,
    native: saved === null,
    saved_at: saved?.at ?? null,
    saved_by: saved?.by ?? null,
    specification: parts,
  }
}

function linesOf(templates: Template[], language: Language): string[] {
  const headings = phrase(language, 'templateColumns').split('|')
  const rows = templates.map((template) => [
    template.name,
    typeLabel(language, template.type),
    tableOf(template) ?? '–',
    template.saved === null
      ? phrase(language, 'templateIsNative')
      : `${formatDateTime(language, template.saved.at)}, ${template.saved.by}`,
  ])
  return tableLines(
    headings.map((text) => ({ text })),
    rows,
  )
}
