/** The signs that stand for "number": n.º, nº, n°, № and #. */
const NUMBER_SIGN = /(?<!\p{L})n\s?\.?\s?[º°ª]|№|#/giu

/** Abbreviations, each with the word that it stands for. */
const ABBREVIATIONS = {
  número: 'number, no, nr, nro, num',
  código: 'cód, cdgo',
  teléfono: 'tel, telef, telf, tfno, tfn, tlf, tlfn, tlfno',
  dirección: 'dir, direc',
  fecha: 'fec, fch',
  nacimiento: 'nac, nacim, nacto',
  nombre: 'nom, nomb',
  apellidos: 'apell, apellid',
  cliente: 'cli, clte, cte',
  factura: 'fact, fra',
  pedido: 'ped',
  artículo: 'art',
  producto: 'prod',
  referencia: 'ref',
  cantidad: 'cant, ctd, ctdad',
  unidades: 'ud, uds, unid',
  descuento: 'dto, dcto, dscto',
  descripción: 'descrip',
  observaciones: 'obs, observ',
  población: 'pob, pobl',
  localidad: 'loc',
  móvil: 'mov, móv',
  vencimiento: 'vto, vcto, venc',
  cuenta: 'cta',
} as const

/** Words that say nothing among others. */
const SMALL: ReadonlySet<string> = new Set(['de', 'del', 'la', 'el', 'los', 'las', 'of', 'the'])

const wordsByAbbreviation = new Map<string, string>()
for (const [word, short] of Object.entries(ABBREVIATIONS)) {
  for (const one of short.split(',').flatMap(wordsIn)) {
    wordsByAbbreviation.set(one, wordsIn(word).join(''))
  }
}

/**
 * The words of a name in one spelling, without those that say nothing; "number" comes first,
 * wherever it is.
 */
export function plainWords(name: string): string[] {
  const words = wordsIn(name)
  const telling = words.filter((word) => !SMALL.has(word))
  const plain = (telling.length === 0 ? words : telling).map((word, at, { length }) =>
    // A date, where it says of what.
    word === 'f' && at === 0 && length > 1 ? 'fecha' : (wordsByAbbreviation.get(word) ?? word),
  )
  return plain.toSorted((one, other) => Number(other === 'numero') - Number(one === 'numero'))
}

/** Its words without case, accents and punctuation; a capital within a word begins another. */
function wordsIn(name: string): string[] {
  return name
    .replace(NUMBER_SIGN, ' num ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
