import { expect, test } from 'vitest'
import { withPreview } from '../../../../src/pipeline/import/preview/open-preview.ts'
import { guessColumns } from '../../../../src/pipeline/import/preview/guess-columns.ts'
import { freshStore, specify, written } from '../../../support/pipeline/an-import.ts'

const TABLE = `create table contact (
  id integer primary key, first_name text, last_name text, email text, phone text,
  birth_date date, postcode text, city text, amount numeric(10, 2), notes text)`

async function guessesFor(
  files: string[],
  sql = TABLE,
  table = 'contact',
): Promise<Record<string, string>[]> {
  const { store, folder } = await freshStore(sql)
  const found: Record<string, string>[] = []
  for (const content of files) {
    const specification = specify({ path: written(folder, content), table })
    found.push(
      await withPreview(store, specification, {}, (preview) => {
        if (preview.table === undefined) throw new Error('no table')
        return { ...guessColumns(preview, preview.table, specification).synonyms }
      }),
    )
  }
  return found
}

test('columns fill the fields that their names mean, where only one can be meant', async () => {
  const guesses = await guessesFor([
    // In Spanish, however they are written.
    'ID;Nombre;Apellidos;Correo electrónico;Tfno.;F. Nacimiento;C.P.;Población;Importe\n1;Ana;Gil;a@b.es;6;31/12/1990;08001;Vic;1,5\n',
    // In English; what has the name of a field itself is no guess.
    'id,Given name,Surname,E-Mail,Zip code,Town,Remarks\n1,Ann,Lee,a@b.org,1,Vic,x\n',
    // Two columns for one field: neither.
    'id,Teléfono,Tel no,Comentario\n1,2,3,x\n',
    // The field has its own column already.
    'id,email,Correo\n1,a@b.es,c@d.es\n',
    // The values cannot be of the field.
    'id,Fecha de nacimiento,Importe\n1,Barcelona,many\n',
    // A name that says nothing, and values that do.
    'id,Columna X,Otra\n1,a@b.es,x\n2,c@d.es,y\n',
  ])
  expect(guesses).toEqual([
    {
      Nombre: 'first_name',
      Apellidos: 'last_name',
      'Correo electrónico': 'email',
      'Tfno.': 'phone',
      'F. Nacimiento': 'birth_date',
      'C.P.': 'postcode',
      Población: 'city',
      Importe: 'amount',
    },
    {
      'Given name': 'first_name',
      Surname: 'last_name',
      'Zip code': 'postcode',
      'E-Mail': 'email',
      Town: 'city',
      Remarks: 'notes',
    },
    { Comentario: 'notes' },
    {},
    {},
    { 'Columna X': 'email' },
  ])
})

test.each([
  'Nº cliente',
  'N.º cliente',
  'N° de cliente',
  'nro. cliente',
  'Núm. Cliente',
  'num_cliente',
  'NumCliente',
  '# cliente',
  '№ cliente',
  'Cód. cliente',
  'Customer number',
])('%j is the number of a customer, and of a row of its table', async (name) => {
  const file = `${name};x\n7;y\n`
  const order = 'create table sale (id integer primary key, customer_no integer)'
  const customer = 'create table customers (id integer primary key, full_name text)'
  expect(await guessesFor([file], order, 'sale')).toEqual([{ [name]: 'customer_no' }])
  expect(await guessesFor([file], customer, 'customers')).toEqual([{ [name]: 'id' }])
})

test('a number of nothing is no identifier, and two that could be meant are none', async () => {
  const table = `create table customers (
    id integer primary key, order_no integer, numero integer, client text, tax_id text, dni text)`
  const files = ['#;x\n1;y\n', 'num;x\n1;y\n', 'N.º;x\n1;y\n', 'No;x\n1;y\n']
  const none = 'create table customers (id integer primary key, order_no integer, client text)'
  expect(await guessesFor(files, none, 'customers')).toEqual([{}, {}, {}, {}])
  expect(await guessesFor(files, table, 'customers')).toEqual([
    { '#': 'numero' },
    { num: 'numero' },
    { 'N.º': 'numero' },
    { No: 'numero' },
  ])
  // A customer by name; and a number that either could be.
  expect(await guessesFor(['Cliente;NIF/DNI\nAna;1A\n'], table, 'customers')).toEqual([
    { Cliente: 'client' },
  ])
})

test('usual abbreviations in Spanish are understood', async () => {
  const table = `create table person (
    first_name text, last_name text, street_address text, phone text, mobile text, code text,
    birth_date date, postcode text, tax_id text, national_id text, amount numeric(10, 2),
    quantity integer, due_date date, notes text)`
  const head = 'Nom.;Apell.;Dir.;Tel.;Móv.;Cód.;Fecha nac.;C.P.;NIF/CIF;DNI;Imp.;Cant.;F. vto.;Obs.'
  const file = `${head}\nAna;Gil;Sol 1;9;6;a1;31/12/1990;08001;B1;1A;1,5;2;31/01/2026;x\n`
  const [found] = await guessesFor([file], table, 'person')
  expect(Object.values(found ?? {}).join(' ')).toBe(
    'first_name last_name street_address phone mobile code birth_date postcode tax_id national_id amount quantity due_date notes',
  )
  expect(Object.keys(found ?? {})).toEqual(head.split(';'))
})

test.each(['dirección', 'Dir', 'teléfono', 'Telf.', 'tfno', 'Nº tel.', 'F.Nacim.', 'DNI nº'])(
  '%j is understood',
  async (name) => {
    const table = 'create table t (address text, phone text, birth_date text, national_id text)'
    const [found] = await guessesFor([`${name};x\na;y\n`], table, 't')
    expect(Object.keys(found ?? {})).toEqual([name])
  },
)
