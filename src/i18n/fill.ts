/** Puts values in the place of their names, as in `Job {id}`. */
export function fill(text: string, valueOf: (name: string) => string): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(name))
}
