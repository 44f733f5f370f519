import { expect, test } from 'vitest'
import { withPreview } from '../../../../src/pipeline/import/preview/open-preview.ts'
import { guessColumns } from '../../../../src/pipeline/import/preview/guess-columns.ts'
import { freshStore, specify, written } from '../../../support/pipeline/an-import.ts'

const TABLE = `create table contact (
  id integer primary key, first_name text, last_name text, email text, phone text,
  birth_date date, postcode text, city text, amount numeric(10, 2), notes text)`

async function guessesFor(files: string[]): Promise<Record<string, string>[]> {
  const { store, folder } = await freshStore(TABLE)
  const found: Record<string, string>[] = []
  for (const content of files) {
    const specification = specify({ path: written(folder, content), table: 'contact' })
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
