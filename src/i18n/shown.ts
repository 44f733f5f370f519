/**
 * What ends a line, moves a cursor or turns the direction of the text around it, what has no width,
 * and halves of characters. The joiners of scripts and emoji stay: they change nothing but their own.
 */
const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]/gu

/**
 * Text from outside, as in a name, a value or a label, where it is shown: on one line, and in the
 * order in which it is written. Each character that cannot be seen becomes a sign.
 */
export function shown(text: string): string {
  return text.replace(UNSEEN, visibleControl)
}

/** The same of a text that may have several lines. */
export function shownLines(text: string): string {
  return text.split(/\r?\n/).map(shown).join('\n')
}

/** JSON in which such characters are escaped: it is shown as safely, and says the same. */
export function escapedJson(json: string): string {
  return json.replace(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function visibleControl(character: string): string {
  const code = character.codePointAt(0) ?? 0
  // Unicode has pictures of the first 32 alone.
  return code < 32 ? String.fromCodePoint(0x2400 + code) : '\ufffd'
}
