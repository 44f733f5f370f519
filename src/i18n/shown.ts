/**
 * Characters that end a line, move a cursor, change the text direction or have no width, and lone
 * surrogates. Joiners of scripts and emoji are kept, because they affect only their neighbours.
 */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]/gu

/**
 * Untrusted text, such as a name, value or label, made safe to show: on one line and in its written
 * order. Each invisible character becomes a visible sign.
 */
export function shown(text: string): string {
  return text.replace(INVISIBLE, visibleControl)
}

/** The same for a text that may have several lines. */
export function shownLines(text: string): string {
  return text.split(/\r?\n/).map(shown).join('\n')
}

/** JSON with these characters escaped: safe to show, with the same meaning. */
export function escapeJson(json: string): string {
  return json.replace(
    INVISIBLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function visibleControl(character: string): string {
  const code = character.codePointAt(0) ?? 0
  // Unicode has control pictures only for the first 32 characters.
  return code < 32 ? String.fromCodePoint(0x2400 + code) : '\ufffd'
}
