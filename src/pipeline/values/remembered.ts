/** Texts that are kept at most, and the length of the longest. */
const MOST = 20_000
const LONGEST = 40
/** From this length on, a piece of a text would keep all of it in memory. */
const SHORTEST_SLICE = 13

type Convert<Result> = (text: string) => Result

/**
 * The same function, which keeps what it found: names and dates come again and again, and to look
 * them up takes a tenth of the time. Where they do not, it stops to keep them.
 */
export function remembered<Result>(convert: Convert<Result>): Convert<Result> {
  const known = new Map<string, { result: Result }>()
  let asked = 0
  let pays = true
  return (text) => {
    if (!pays || text.length > LONGEST) return convert(text)
    asked++
    const last = known.get(text)
    if (last !== undefined) return last.result
    const result = convert(text)
    if (known.size === MOST) {
      pays = asked > 2 * MOST
      asked = 0
      known.clear()
    }
    if (pays) known.set(text.length < SHORTEST_SLICE ? text : copied(text), { result })
    return result
  }
}

/** The same for what is found by a number, such as a day: of these, most files have few. */
export function rememberedByNumber(
  convert: (number: number) => string | undefined,
): (number: number) => string | undefined {
  const known = new Map<number, string>()
  return (number) => {
    const last = known.get(number)
    if (last !== undefined) return last
    const result = convert(number)
    if (result === undefined) return undefined
    if (known.size === MOST) known.clear()
    known.set(number, result)
    return result
  }
}

function copied(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le')
}
