import { expect, test } from 'vitest'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../src/engine/jobs/jobs.ts'
import { exportJob, importJob } from '../../src/engine/jobs/new-job.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { NOON, OPERATOR } from '../support/jobs/a-job.ts'
import { anApp } from '../support/pages/app.ts'
import { pageOf, textOf } from '../support/pages/html.ts'

const READ = parseImportSpecification({
  path: '/in/people.csv',
  table: 'person',
  create: true,
  delimiter: ';',
  quote: "'",
  escape: '',
  recordEnd: '\x1e',
  comment: '#',
  trim: true,
  mergeDelimiters: true,
  multiline: false,
  missingColumns: 'empty',
  surplusColumns: 'ignore',
  stopIfAllRejected: false,
  maxRejects: 20,
  trace: true,
  fields: { price: { format: { kind: 'number', decimal: ',', grouping: '.' } } },
})
const WRITTEN = parseExportSpecification({
  path: '/out/people.csv',
  table: 'person',
  encoding: 'windows-1252',
  bom: true,
  lineEnd: 'crlf',
  quoteAll: true,
  nullText: 'NULL',
  safeCells: true,
})
const KINDS = { import: importJob(READ, {}), export: exportJob(WRITTEN, {}) }

const DIALECTS = {
  import: {
    en: [
      "Quote '",
      'Escape none: quotes within values are doubled',
      'End of a record \\x1e',
      'Comments lines that begin with # are no records',
      'Blanks around values are removed',
      'Delimiters one behind the other count as one',
      'Line ends always end the record, also within quotes',
      'Missing columns are empty',
      'Surplus columns are ignored',
    ],
    es: [
      "Comillas '",
      'Carácter de escape ninguno: las comillas dentro de los valores se doblan',
      'Fin de registro \\x1e',
      'Comentarios las líneas que empiezan por # no son registros',
      'Espacios alrededor de los valores se quitan',
      'Delimitadores seguidos cuentan como uno',
      'Fines de línea siempre acaban el registro, también entre comillas',
      'Columnas que faltan quedan vacías',
      'Columnas que sobran se ignoran',
    ],
  },
  export: {
    en: [
      'Encoding windows-1252, with a byte order mark',
      'Line ends CR and LF, as on Windows',
      'Quotes around every value',
      'Where there is nothing NULL is written',
      'Formulas are made text by an apostrophe before them',
    ],
    es: [
      'Codificación windows-1252, con marca de orden de bytes',
      'Fines de línea CR y LF, como en Windows',
      'Comillas en todos los valores',
      'Donde no hay nada se escribe NULL',
      'Fórmulas se convierten en texto con un apóstrofo delante',
    ],
  },
}
const REST = {
  import: {
    en: [
      'Delimiter semicolon (;)',
      'Table person, which the job makes if there is none',
      'Header the first line names the columns',
      'Limits goes on if the first 100 records are all rejected stops at 20 rejects',
      'Journal has an entry for each record',
      'Rules of fields price: written as decimal comma: 1.234,50 (no currency); on error: reject the record',
    ],
    es: [
      'Delimitador punto y coma (;)',
      'Tabla person, que el trabajo crea si no existe',
      'Encabezado la primera línea nombra las columnas',
      'Límites sigue aunque se rechacen los 100 primeros registros se detiene con 20 rechazos',
      'Diario lleva una entrada por registro',
      'Reglas de los campos price: escrito como coma decimal: 1.234,50 (sin moneda); si hay error: se rechaza el registro',
    ],
  },
  export: { en: ['Compression none'], es: ['Compresión ninguna'] },
}
const CASES = (['import', 'export'] as const).flatMap((type) =>
  (['en', 'es'] as const).map((language) => [type, language] as const),
)
/** An option as it is typed in a command. */
const FLAG = /(^|\s)--[a-z]/

test.each(CASES)('what was asked of an %s is told in words, in %s', async (type, language) => {
  const { db, get } = await anApp()
  const act = { actor: OPERATOR, now: NOON }
  const { id } = await createJob(db, { ...KINDS[type], status: 'start_pending' }, act)
  await transition(db, id, 'cancel', act)
  for (const page of ['', '/report', '/run-again']) {
    const headers = { 'accept-language': language }
    const shown = await pageOf(await get(`/jobs/${id}${page}`, headers))
    const facts = shown
      .querySelectorAll('.facts-told dl > div')
      .map(({ childElements }) => childElements.map(wordsOf).join(' '))
    expect(facts, page).toEqual(
      expect.arrayContaining([...DIALECTS[type][language], ...REST[type][language]]),
    )
    expect(textOf(shown.querySelector('main')), page).not.toMatch(FLAG)
  }
})

test.each(['en', 'es'] as const)(
  'what a form of an import leaves as it is is told in words, in %s',
  async (language) => {
    const { db, get } = await anApp()
    const { id } = await createJob(db, KINDS.import, { actor: OPERATOR, now: NOON })
    const page = await pageOf(
      await get(`/jobs/${id}/specification`, { 'accept-language': language }),
    )
    const told = textOf(page.querySelector('main form'))
    const [first = ''] = DIALECTS.import[language]
    expect(told).toContain(first.replace(' ', ': '))
    expect(told).not.toMatch(FLAG)
  },
)

test('a form of an export asks for all of them', async () => {
  const { db, get } = await anApp()
  const { id } = await createJob(db, KINDS.export, { actor: OPERATOR, now: NOON })
  const page = await pageOf(await get(`/jobs/${id}/edit/output`))
  const valueOf = (selector: string) => page.querySelector(selector)?.getAttributeValue('value')
  expect(valueOf('[name="encoding"] [selected]')).toBe('windows-1252')
  expect(valueOf('[name="lineEnd"] [selected]')).toBe('crlf')
  expect(valueOf('[name="nullText"]')).toBe('NULL')
  const ticked = page
    .querySelectorAll('main form [checked]')
    .map((box) => box.getAttributeValue('name'))
  expect(ticked).toEqual(expect.arrayContaining(['bom', 'quoteAll', 'safeCells']))
})

/** The entries of a list are apart. */
function wordsOf(element: Parameters<typeof textOf>[0]): string {
  const entries = element?.querySelectorAll('li').map(textOf) ?? []
  return entries.length > 0 ? entries.join(' ') : textOf(element)
}
