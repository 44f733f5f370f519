/**
 * What comes from outside may hold what moves a cursor, hides text or turns a line around: controls
 * and marks of direction. JSON leaves most of them as they are; here they are written as `\u009b`.
 */
export function escaped(text: string): string {
  return text.replace(
    /[^\P{Cc}\n]|[\p{Bidi_Control}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
