const LONGEST_SHOWN = 100

/** A value in a message: whoever wants all of it has the record. */
export function shorten(text: string, longest = LONGEST_SHOWN): string {
  if (text.length <= longest) return text
  // Not in the middle of a character.
  const isCut = (text.codePointAt(longest - 2) ?? 0) > 0xffff
  return `${text.slice(0, isCut ? longest - 2 : longest - 1)}…`
}

/**
 * The text without so many of the character as stand at its end. A regular expression would look at
 * a run of them within the text anew from each of its places.
 */
export function withoutLast(text: string, character: string): string {
  let end = text.length
  while (text[end - 1] === character) end--
  return text.slice(0, end)
}
