const UNNAMED = 'upload'
/** A longer name would fill lists and headers. In characters. */
const LONGEST = 200
/** What would end a line, hide or turn a name on a page, and halves of characters. */
const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** The name that a browser gives a file, without its folders; a hostile one cannot do harm. */
export function uploadName(given: string | undefined): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? ''
  const plain = last.toWellFormed().normalize().replaceAll(NOT_SHOWN, '').trim()
  return shortened(plain) || UNNAMED
}

/** Keeps the ending, which tells the format. */
function shortened(name: string): string {
  const characters = [...name]
  if (characters.length <= LONGEST) return name
  const [ending = ''] = /(\.\w{1,10}){1,2}$/.exec(name) ?? []
  return characters.slice(0, LONGEST - ending.length).join('') + ending
}
