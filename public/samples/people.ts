const HEADER =
  'id,first_name,last_name,email,city,country,birth_date,signed_up_at,amount,newsletter'
const FIRST = ['Ana', 'José', 'Lucía', 'Martín', 'Zoë', 'Iñaki', 'Emma', 'Noah', 'Mia', 'Sören']
const LAST = ['García', 'Núñez', 'Müller', "O'Neill", 'Smith', 'Ibáñez', 'Peña', 'Rossi', 'Dubois']
const CITIES = [
  'Madrid',
  'Sevilla',
  'A Coruña',
  'Bilbao',
  'Paris',
  'Köln',
  'London',
  'Palma, Islas',
]
const COUNTRIES = ['ES', 'FR', 'DE', 'GB', 'IT']
const NICKNAMES = ['Pepe', 'Chus', 'Lola', 'Max']

/** 10,000 people, the same at every call; about one in twenty has a value that must be quoted. */
export function cleanPeople(): string {
  const random = mulberry32(20_260_131)
  const lines = Array.from({ length: 10_000 }, (_, index) => person(index + 1, random).join(','))
  return `${[HEADER, ...lines].join('\n')}\n`
}

/** 2,000 records of the same shape, of which every tenth is damaged, each kind in its turn. */
export function dirtyPeople(): Buffer {
  const random = mulberry32(20_260_201)
  const parts: Buffer[] = [Buffer.from(`${HEADER}\n`)]
  for (let id = 1; id <= 2_000; id++) {
    const fields = person(id, random)
    const damage = id % 10 === 0 ? DAMAGES[(id / 10) % DAMAGES.length] : undefined
    const end = id === 2_000 ? '' : (['\n', '\n', '\r\n', '\r'][id % 4] ?? '\n')
    parts.push(
      damage === undefined ? Buffer.from(fields.join(',')) : damage(fields),
      Buffer.from(end),
    )
  }
  return Buffer.concat(parts)
}

type Damage = (fields: string[]) => Buffer

const changed =
  (at: number, text: string): Damage =>
  (fields) =>
    Buffer.from(fields.with(at, text).join(','))

const DAMAGES: Damage[] = [
  changed(1, 'An"a'),
  changed(1, '"Ana" María'),
  changed(4, '"Madrid'),
  (fields) => Buffer.from(fields.slice(0, 7).join(',')),
  (fields) => Buffer.from([...fields, 'one more'].join(',')),
  (fields) => Buffer.from(fields.with(1, 'Jos\xe9').join(','), 'latin1'),
  changed(2, 'Ru\0iz'),
  changed(0, 'N/A'),
  changed(8, '12.5x'),
  changed(0, ''),
  changed(0, '1'),
  changed(4, '"Two\nlines"'),
  (fields) => Buffer.from(`\n\n${fields.join(',')}`),
  changed(6, '2001-02-30'),
  changed(6, '31/12/1999'),
]

function person(id: number, random: () => number): string[] {
  const pick = (list: string[]) => list[Math.floor(random() * list.length)] ?? ''
  const number = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const two = (from: number, to: number) => String(number(from, to)).padStart(2, '0')
  const first = random() < 0.03 ? `María "${pick(NICKNAMES)}"` : pick(FIRST)
  const birth = random() < 0.02 ? '' : `${number(1935, 2007)}-${two(1, 12)}-${two(1, 28)}`
  const signed = `${number(2015, 2025)}-${two(1, 12)}-${two(1, 28)}T${two(0, 23)}:${two(0, 59)}:00Z`
  const amount = `${number(0, 4999)}.${two(0, 99)}`
  const fields = [String(id), first, pick(LAST), `person${id}@example.com`, pick(CITIES)]
  return [...fields, pick(COUNTRIES), birth, signed, amount, String(number(0, 1))].map(quoted)
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A small generator of numbers from 0 to 1, the same for the same seed (Tommy Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
