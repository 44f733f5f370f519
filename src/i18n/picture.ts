/** A sign for a character that cannot be seen, and that a terminal would obey. */
export function pictureOf(control: string): string {
  const code = control.codePointAt(0) ?? 0
  // Unicode has pictures of the first 32 alone.
  return code < 32 ? String.fromCodePoint(0x2400 + code) : '\ufffd'
}
