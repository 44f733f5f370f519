import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { aStore } from '../support/a-store.ts'
import { anImportedFile } from '../support/pipeline/an-imported-file.ts'
import { tallyman } from '../support/programs/in-process.ts'
import { tmpDir } from '../support/tmp.ts'

/** A folder with files, and the table `people`, which job 1 has filled. */
async function aFolder(): Promise<string> {
  const { folder, store } = await aStore()
  await anImportedFile({ store, folder }, 'id,name\n1,Ann\n', { table: 'people', create: true })
  writeFileSync(path.join(folder, 'twice.csv'), 'id,Name,name\n1,Ann,Ann\n')
  writeFileSync(path.join(folder, 'empty.csv'), '\n\n')
  writeFileSync(path.join(folder, 'bad.csv'), 'id,"na"me\n1,Ann\n')
  return folder
}

const WRONG: [string, RegExp][] = [
  ['imprt', /^Unknown command 'imprt'\. Did you mean import\?$/],
  ['import people.csv', /--into/],
  ['import people.csv --into people --kye id', /Did you mean --key\?/],
  ['import people.csv --into people --operation merge', /'merge'; .*insert_or_update, insert, upd/],
  ['import people.csv --into', /^--into <table> lacks its value\. See --help\.$/],
  ['import', /^The argument file is missing\. See --help\.$/],
  ['import a.csv', /^--into <table> is missing\. See --help\.$/],
  ['jobs show', /^The argument id is missing\. See --help\.$/],
  ['jobs show 1 2', /^There is more behind 'show' than it takes\. See --help\.$/],
  ['import people.csv --into people --operation update', /name their key/],
  ['import people.csv --into people --quote ab', /^--quote: Write one character/],
  ['import people.csv --into people --encoding klingon', /take one of utf-8/],
  ['import people.csv --into people --max-rejects many', /^--max-rejects: Write a whole number/],
  ['import people.csv --into people --map name', /column=field/],
  ['import people.csv --into people --map nick=name', /no column "nick"/],
  [
    'import people.csv --into people --map nick=name --map mail=id',
    /^The file has no columns nick, mail; it has id, name\.$/,
  ],
  ['import people.csv --into people --key mail,nick', /no columns mail, nick; it has id, name/],
  ['export people --to x.csv --columns mail,id,nick', /no columns mail, nick; it has id, name/],
  ['import people.csv --into people --on-error name=cry', /^--on-error name: .*warn/],
  ['import people.csv --into people --key mail', /no column "mail"; it has id, name/],
  ['import people.csv --into tallyman_job', /^TABLE: .* reserved/],
  ['import people.csv --into people --key id,id', /^--key: .* twice/],
  ['import people.csv --into people --key "id', /^""id" must be names .* in double quotes\.$/],
  ['import people.csv --into nobody', /no table "nobody".*--create/],
  [
    'import people.csv --into nobody --create --key mail',
    /fills the key "mail"; they fill id, name/,
  ],
  [
    'import twice.csv --into nobody --create --map id=Name',
    /Two columns of the file fill the field "Name"/,
  ],
  ['import empty.csv --into nobody --create', /empty\.csv is empty, so that no table/],
  ['import people.csv --into nobody --create --no-header --key 1', /fills the key "1"/],
  ['import missing.csv --into people', /There is no file .*missing\.csv/],
  ['import . --into people', /is no file/],
  ['export nobody --to x.csv', /no table or view "nobody"/],
  ['export people --to nowhere/x.csv', /no folder .*nowhere/],
  ['export people --to x.csv --columns mail', /no column "mail"/],
  ['export people --to x.csv --spec .', /^--spec: .* is a folder; name a file in it\.$/],
  ['example', /^The argument table is missing\. See --help\.$/],
  ['example people --to nowhere/x.csv', /^There is no folder .*nowhere; make it first\.$/],
  ['example people --to . --force', / is a folder; name a file in it\.$/],
  ['example people --to people.csv', /^There is a file .*people\.csv already; .* --force\.$/],
  ['jobs show 99', /There is no job 99/],
  ['jobs journal 99', /There is no job 99/],
  ['jobs rejects 1 --code banana', /^--code: "banana" is no code of a message; .* TLY-3001\.$/],
  ['jobs rejects 1 --type banana', /error, warning/],
  ['jobs rejects 1 --for-spreadsheet', /name it with --export FILE/],
  ['jobs rejects 99', /There is no job 99/],
  ['jobs pause 99', /There is no job 99/],
  ['jobs delete seven', /"seven" is no number of a job/],
  ['jobs list --limit 0', /^--limit: Write a whole number from 1 to 10,000/],
  ['jobs list --before x', /^--before: Write a whole number/],
  ['jobs list --database mysql:x', /unknown kind/],
  ['jobs list --database mysql://ann:se@cret@db/x', /^The database "mysql:\/\/…@db\/x" is/],
  [
    'jobs list --database postgres://ann:se@cret@127.0.0.1:1/x',
    /^No PostgreSQL answers at 127\.0\.0\.1:1 \(.*ECONNREFUSED.*correct host and port/,
  ],
  ['jobs list --database sqlite:people.csv', /people\.csv/],
]

const ONTO_THE_DATABASE: [string, RegExp][] = [
  ['export people --to test.db', /test\.db is the database itself; name another file/],
  ['export people --to ./test.db-wal', /test\.db-wal is the database itself/],
  ['jobs rejects 1 --export test.db', /test\.db is the database itself/],
  ['example people --to test.db --force', /test\.db is the database itself/],
  ['example people --to ./test.db-wal --force', /test\.db-wal is the database itself/],
]

async function expectRefused(line: string, sentence: RegExp): Promise<void> {
  const { code, out, err } = await tallyman(await aFolder(), line.split(' '))
  expect(err.trim()).toMatch(sentence)
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(out).toBe('')
  expect(code).toBe(2)
}

test.for(WRONG)('tallyman %s: one sentence says what to do', async ([line, sentence]) => {
  await expectRefused(line, sentence)
})

test.for(ONTO_THE_DATABASE)(
  'nothing is written over the database: tallyman %s',
  async ([line, sentence]) => {
    await expectRefused(line, sentence)
  },
)

const SPANISH: [string, RegExp][] = [
  ['imprt', /^No existe la orden «imprt»\. ¿Quería decir import\?$/],
  ['import people.csv', /^Falta --into <table>\. Vea --help\.$/],
  [
    'import people.csv --into people --kye id',
    /^No existe la opción «--kye»\. ¿Quería decir --key/,
  ],
  [
    'import people.csv --into people --operation merge',
    /no admite «merge»; escriba uno de insert_/,
  ],
  ['import people.csv --into people --operation update', /^--key: .* indique su clave\.$/],
  ['import people.csv --into people --quote ab', /^--quote: Escriba un solo carácter/],
  ['import people.csv --into people --map name', /columna=campo/],
  [
    'import people.csv --into people --encoding windows-1252 --quote ж',
    /^«ж» no existe en windows-1252; indique otro carácter, u otra codificación\.$/,
  ],
  ['import people.csv --into people --map nick=name', /^El archivo no tiene la columna «nick»/],
  ['import missing.csv --into people', /^No existe el archivo .*missing\.csv; revise/],
  ['import bad.csv --into people', /^No se puede leer el encabezado de la línea 1\. Hay texto/],
  ['export people --to nowhere/x.csv', /^No existe la carpeta .*nowhere; créela/],
  ['jobs show 99', /^No existe el trabajo 99;/],
  ['jobs list --limit 0', /^--limit: Escriba un número entero del 1 al 10\.000/],
  ['jobs list --database mysql:x', /tipo desconocido/],
]

test.for(['--quote', '--delimiter', '--comment', '--escape'])(
  'a mark that the encoding does not have is no delimiter for that: %s',
  async (flag) => {
    const call = `import people.csv --into people --encoding windows-1252 ${flag} ж`
    const { code, err } = await tallyman(await aFolder(), call.split(' '))
    expect(err.trim()).toBe(
      '"ж" does not exist in windows-1252; name another character, or another encoding.',
    )
    expect(code).toBe(2)
  },
)

test.for(SPANISH)('tallyman %s: the same in Spanish', async ([line, sentence]) => {
  const { code, err } = await tallyman(await aFolder(), line.split(' '), { LC_ALL: 'es_ES.UTF-8' })
  expect(err.trim()).toMatch(sentence)
  expect(code).toBe(2)
})

test('a refusal is told in Spanish as well', async () => {
  const { err } = await tallyman(await aFolder(), ['jobs', 'pause', '1'], { LC_ALL: 'es_ES.UTF-8' })
  expect(err).toMatch(/^El trabajo 1 está en el estado «Finalizado»; «Pausar» requiere/)
})

test('a wrong call leaves no job behind', async () => {
  const folder = await aFolder()
  await tallyman(folder, ['import', 'empty.csv', '--into', 'nobody', '--create'])
  const { out } = await tallyman(folder, ['jobs', 'list', '--json'])
  const { jobs }: { jobs: unknown[] } = JSON.parse(out)
  expect(jobs).toHaveLength(1)
})

test('what the status forbids is told, with exit code 1', async () => {
  const { code, err } = await tallyman(await aFolder(), ['jobs', 'pause', '1'])
  expect(err).toMatch(
    /^Job 1 has the status "Finished"; "Pause" needs the status "Start pending", .*\n$/,
  )
  expect(code).toBe(1)
})

test.for(['', 'import', 'export', 'jobs', 'worker', 'serve', 'backup', 'verify'])(
  '%s --help shows examples',
  async (name) => {
    const { code, out } = await tallyman(tmpDir(), [name, '--help'].filter(Boolean))
    expect(out).toMatch(/Examples:\n[^]*\$ tallyman/)
    expect(code).toBe(0)
  },
)

test('--help answers in Spanish as well, with nothing of commander left in English', async () => {
  const { code, out } = await tallyman(tmpDir(), ['jobs', 'list', '--help'], { LC_ALL: 'es_ES' })
  expect(out).toMatch(/^Uso: tallyman jobs list \[opciones\]\n/)
  expect(out).toMatch(/\nOpciones globales:\n/)
  expect(out).toMatch(/--limit <n> +como máximo tantos \(por defecto: 100\)/)
  expect(out).toMatch(/solo estos \(uno de import, export\)/)
  expect(out).not.toMatch(/Usage|Options|display|default:|choices/)
  expect(code).toBe(0)
})
