import { describe, expect, test } from 'vitest'
import { MESSAGES } from '../../src/domain/words/messages.ts'
import { UnusableError } from '../../src/domain/words/errors.ts'
import { JOB_STATUSES } from '../../src/domain/states/status.ts'
import { PROBLEMS } from '../../src/domain/words/problems.ts'
import {
  actLabel,
  counterLabel,
  levelLabel,
  messageText,
  phrase,
  problemText,
} from '../../src/i18n/catalogue.ts'
import { statusLabel, typeLabel } from '../../src/i18n/catalogue.ts'
import { en } from '../../src/i18n/en.ts'
import { es } from '../../src/i18n/es.ts'
import {
  formatDateTime,
  formatNumber,
  formatPercent,
  formatShare,
  formatShortTime,
  formatSize,
} from '../../src/i18n/format.ts'
import { helpIn } from '../../src/i18n/help.ts'

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

test('every message has the same placeholders in both languages', () => {
  const names = (messages: Record<string, string>) =>
    Object.entries(messages).map(([code, text]) => [code, placeholders(text)])
  expect(names(es.messages)).toEqual(names(en.messages))
  expect(Object.keys(en.messages)).toEqual(Object.keys(MESSAGES))
})

test('a format is told by a sample, and by none where an older job has kept none', () => {
  const message = (sample: object) =>
    ({ code: 'TLY-3040', params: { value: 'x', ...sample } }) as const
  expect([{ sample: '31/12/2026' }, {}].map((one) => messageText('en', message(one)))).toEqual([
    'The value "x" cannot be read in the format of the field, as in 31/12/2026.',
    'The value "x" cannot be read in the format of the field.',
  ])
  const unlisted = { code: 'TLY-3041', params: { value: 'Oro', listed: 'gold, silver' } } as const
  expect(messageText('en', unlisted)).toBe(
    'The value "Oro" is not in the list of values of the field, whose words in the file are gold, silver.',
  )
  expect(messageText('es', message({ sample: 'sí / no' }))).toContain(', como en sí / no.')
})

test('one record that is held back is told as one, also in Spanish', () => {
  expect(phrase('es', 'heldBack', { count: 1 })).toContain(
    'cambiaría una fila que la tabla ya tiene, quizá escrita por',
  )
  expect(phrase('es', 'heldBack', { count: 2 })).toContain(
    'cambiarían filas que la tabla ya tiene, quizá escritas por',
  )
})

test('every problem has a sentence in both languages, made of its own parameters', () => {
  const inEach = (problems: Record<string, string>) =>
    Object.entries(problems).map(([key, text]) => [key, [...new Set(placeholders(text))]])
  expect(inEach(es.problems)).toEqual(inEach(en.problems))
  for (const [key, text] of Object.entries(en.problems)) {
    const names = Object.keys(new Map(Object.entries(PROBLEMS)).get(key) ?? {})
    const used = placeholders(text).map((one) => one.slice(1, -1))
    expect(names, key).toEqual(expect.arrayContaining(used))
  }
})

test('every phrase has the same placeholders in both languages', () => {
  const inEach = (phrases: Record<string, string>) =>
    Object.entries(phrases).map(([key, text]) => [key, placeholders(text)])
  expect(inEach(es.phrases)).toEqual(inEach(en.phrases))
})

test('the help has the same placeholders, commands and options in both languages', () => {
  const inEach = (texts: Record<string, Record<string, string>>) =>
    Object.entries(texts).flatMap(([command, lines]) =>
      Object.entries(lines).map(([key, text]) => [command, key, placeholders(text), calls(text)]),
    )
  const calls = (text: string) => text.match(/tallyman [a-z]+|--[a-z-]+/g) ?? []
  expect(inEach(helpIn('es'))).toEqual(inEach(helpIn('en')))
})

test('the labels of the statuses are those of the contract', () => {
  expect(JOB_STATUSES.map((status) => statusLabel('en', status))).toEqual([
    'Being edited',
    'Start pending',
    'Execution in progress',
    'Pause in progress',
    'Paused',
    'Cancel in progress',
    'Cancelled',
    'Finished',
    'Finished with errors',
    'Server shutdown in progress',
  ])
  expect(JOB_STATUSES.map((status) => statusLabel('es', status))).toEqual([
    'Edición en curso',
    'Inicio pendiente',
    'Ejecución en curso',
    'Pausa en curso',
    'En pausa',
    'Cancelación en curso',
    'Cancelado',
    'Finalizado',
    'Finalizado con error',
    'Apagado del servidor en progreso',
  ])
})

test('types, levels and counters are named in both languages', () => {
  expect([typeLabel('en', 'import'), typeLabel('es', 'import')]).toEqual(['Import', 'Importación'])
  expect(levelLabel('es', 'warning')).toBe('Advertencia')
  expect(counterLabel('en', 'unprocessed')).toBe('Unprocessed')
  expect(counterLabel('es', 'rejects')).toBe('Rechazos')
})

describe('a message', () => {
  test('names its parameters, numbers in the manner of the language', () => {
    const message = { code: 'TLY-1008', params: { processed: 1234567, rejects: 2 } } as const
    expect(messageText('en', message)).toBe(
      'The job is finished. Records processed: 1,234,567; rejects: 2.',
    )
    expect(messageText('es', message)).toContain('Registros procesados: 1.234.567;')
  })

  test('takes a hostile parameter as it is', () => {
    const params = { value: '$& {type} <b>', type: 'integer' }
    expect(messageText('en', { code: 'TLY-3001', params })).toBe(
      'The value "$& {type} <b>" does not fit the type integer; it takes a whole number such as 42.',
    )
  })

  test('shows a question mark for a parameter that is not there', () => {
    expect(messageText('en', { code: 'TLY-9005', params: {} })).toBe('There is no table ?.')
  })
})

describe('a problem', () => {
  const refused = {
    problem: 'wrong_status',
    id: 1234,
    status: 'finished',
    act: 'pause',
    allowed: ['start_pending', 'running'],
  } as const

  test('names statuses and acts as the pages do, and a job by its number', () => {
    expect(problemText('en', refused)).toBe(
      'Job 1234 has the status "Finished"; "Pause" needs the status "Start pending" or "Execution in progress".',
    )
    expect(problemText('es', refused)).toBe(
      'El trabajo 1234 está en el estado «Finalizado»; «Pausar» requiere el estado «Inicio pendiente» o «Ejecución en curso».',
    )
    expect(actLabel('es', 'run_again')).toBe('Ejecutar de nuevo')
  })

  test('tells in either language why a job failed that was stored with it', () => {
    const { params } = new UnusableError({ problem: 'filled_twice', field: 'name' })
    const message = { code: 'TLY-9012', params } as const
    expect(messageText('en', message)).toContain('Two columns of the file fill the field "name"')
    expect(messageText('es', message)).toContain('Dos columnas del archivo rellenan')
  })

  test('may be a message of the journal', () => {
    const problem = { code: 'TLY-9004', params: { path: 'a.gz' } } as const
    expect(problemText('es', problem)).toBe('El archivo a.gz termina antes de tiempo.')
  })
})

test('a phrase takes its parameters, and types and outcomes are words', () => {
  expect(phrase('es', 'moreJobs', { id: '7' })).toBe('Hay más: añada --before 7')
  const misfit = { code: 'TLY-3001', params: { value: 'x', type: 'integer' } } as const
  expect(messageText('es', misfit)).toBe(
    'El valor «x» no corresponde al tipo entero; este admite un número entero como 42.',
  )
  const trace = { code: 'TLY-1017', params: { record: 1, outcome: 'inserted' } } as const
  expect(messageText('es', trace)).toBe('Registro 1: insertado.')
})

test('numbers, percents and dates follow the language', () => {
  const plain = (text: string) => text.replace(/\s/g, ' ')
  expect(formatNumber('es', 12345.5)).toBe('12.345,5')
  expect([formatNumber('en', 2000), formatNumber('es', 2000)]).toEqual(['2,000', '2.000'])
  expect(formatPercent('en', 0.9999)).toBe('99%')
  const shares = [0.00001, 0.1839, 0.8161, 0.9999, 1].map((share) => formatShare('en', share))
  expect(shares).toEqual(['< 0.1%', '18.4%', '81.6%', '99.9%', '100.0%'])
  expect([1, 20, 1000].map((size) => formatSize('en', size))).toEqual([
    '1 byte',
    '20 bytes',
    '1 kB',
  ])
  expect(plain(formatPercent('es', 1))).toBe('100 %')
  const date = '2026-01-31T12:00:05.000Z'
  expect(plain(formatDateTime('en', date, 'UTC'))).toBe('Jan 31, 2026, 12:00:05 PM')
  expect(plain(formatDateTime('es', new Date(date), 'Europe/Madrid'))).toBe('31 ene 2026, 13:00:05')
  const times = [0, 62, 430, 949, 999].map((milliseconds) => formatShortTime('es', milliseconds))
  expect(times).toEqual(['0:00', '0,06 s', '0,4 s', '0,9 s', '0:01'])
})

test('what a file calls a thing may be long; the sentence about it is not', () => {
  const text = problemText('en', { problem: 'no_table', table: '\u{1f600}'.repeat(500_000) })
  expect(text.length).toBeLessThan(2_200)
  expect(text).toMatch(/^The database has no table "(\u{1f600})+…"; check its name/u)
})
