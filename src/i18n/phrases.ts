import type { commandLine } from './en/command-line.ts'
import type { job } from './en/job.ts'

/** All other sentences, by subject. To add a subject, name it here, in en.ts and in es.ts. */
type Phrases = typeof job & typeof commandLine
export type PhraseKey = keyof Phrases

/** The parameters that an English sentence contains as `{name}`. */
type NamesIn<Text> = Text extends `${string}{${infer Place}}${infer Rest}`
  ? (Place extends `${infer Name}:${string}` ? Name : Place) | NamesIn<Rest>
  : never

/** The arguments after the key: none, or an object with a value for each parameter. */
export type PhraseParams<Key extends PhraseKey> = [NamesIn<Phrases[Key]>] extends [never]
  ? []
  : [params: Record<NamesIn<Phrases[Key]>, string | number>]
