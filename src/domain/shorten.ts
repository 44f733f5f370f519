const LONGEST_SHOWN = 100

/** A text as a message tells it: where it is long, its beginning, `longest` characters at most. */
export function shorten(text: string, longest = LONGEST_SHOWN): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`
}
