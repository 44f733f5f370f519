const MAX_LENGTH = 100

/** The longest value that a preview shows of a file. */
export const LONGEST_SHOWN = 200

/** A value shortened for a message; the record has all of it. */
export function shorten(text: string, longest = MAX_LENGTH): string {
  if (text.length <= longest) return text
  // Do not split a surrogate pair.
  const isCut = (text.codePointAt(longest - 2) ?? 0) > 0xffff
  return `${text.slice(0, isCut ? longest - 2 : longest - 1)}…`
}

/**
 * The text without its trailing run of the character. A regular expression would take quadratic
 * time on runs within the text.
 */
export function trimEndOf(text: string, character: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === character) end--
  return text.slice(0, end)
}
