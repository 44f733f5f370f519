/**
 * The header that saves an answer under a name: for old browsers in ASCII, for all others the whole
 * name, encoded (RFC 6266, RFC 8187). No name can end the header, lead into a folder, or hide its
 * ending by turning the direction of what is read.
 */
export function attachment(name: string): string {
  const last = name.toWellFormed().replace(/[\p{Cc}\p{Cf}/\\]/gu, '_')
  const ascii = last.replace(/[^\x20-\x7e]|["%]/gu, '_')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encode(last)}`
}

/** Of the characters that are left as they are by encodeURIComponent, RFC 8187 takes not all. */
function encode(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
