import { sql } from 'kysely'
import type { Db, Trx } from '../../store.ts'

const JOBS_A_PAGE = 1_000
const GRAM = 3
/** Small enough that the sum over all trigrams stays an exact number. */
const MODULUS = 1_000_003

type Sum = { count: number; sum: number }

/**
 * Whether the index that `findText` uses contains the trigrams of all jobs' texts and no others, by
 * their count and a checksum, so that nothing needs to be stored. FTS5's own integrity check would
 * need the write lock.
 */
export async function isTextIndexed(db: Db | Trx): Promise<boolean> {
  const [indexed, should] = [await sumOfIndex(db), await sumOfTexts(db)]
  return indexed.count === should.count && indexed.sum === should.sum
}

async function sumOfIndex(db: Db | Trx): Promise<Sum> {
  const character = (at: number) => sql`unicode(substr(term, ${sql.lit(at)}, 1))`
  const weight = sql`(${character(1)} * 961 + ${character(2)} * 31 + ${character(3)})`
  const { rows } = await sql<Sum>`
    select count(*) as count, coalesce(sum(doc * ${weight} % ${sql.lit(MODULUS)}), 0) as sum
    from tallyman_job_trigram`.execute(db)
  return rows[0] ?? { count: 0, sum: 0 }
}

async function sumOfTexts(db: Db | Trx): Promise<Sum> {
  const total: Sum = { count: 0, sum: 0 }
  let page: { id: number; search_text: string }[]
  let after = 0
  do {
    page = await db
      .selectFrom('tallyman_job')
      .select(['id', 'search_text'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(JOBS_A_PAGE)
      .execute()
    for (const { id, search_text } of page) {
      for (const weight of weightsOf(search_text)) {
        total.count++
        total.sum += (id * weight) % MODULUS
      }
    }
    after = page.at(-1)?.id ?? after
  } while (page.length === JOBS_A_PAGE)
  return total
}

/** Each distinct trigram once, as in the index, which skips NUL characters. */
function weightsOf(text: string): number[] {
  const characters = [...text.replaceAll('\0', '')]
  const points = characters.map((character) => character.codePointAt(0) ?? 0)
  const grams = new Map<string, number>()
  for (let at = 0; at + GRAM <= points.length; at++) {
    const [a = 0, b = 0, c = 0] = points.slice(at, at + GRAM)
    grams.set(characters.slice(at, at + GRAM).join(''), a * 961 + b * 31 + c)
  }
  return [...grams.values()]
}
