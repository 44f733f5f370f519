/** Parts of a specification whose option on the command line has another name. */
const FLAGS: Readonly<Record<string, string>> = {
  nulls: '--null',
  multiline: '--no-multiline',
  nullText: '--null',
  header: '--no-header',
  sensitiveColumns: '--sensitive',
  stopIfAllRejected: '--keep-going',
  replace: '--force',
}

/** The option of the command line for a part of a specification. */
export function flagOf(part: string): string {
  return FLAGS[part] ?? `--${part.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`
}
