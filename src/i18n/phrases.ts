import type { commandLine } from './en/command-line.ts'
import type { job } from './en/job.ts'

/** All other sentences, by subject. A further subject is a name here and one in en.ts and es.ts. */
type Phrases = typeof job & typeof commandLine
export type PhraseKey = keyof Phrases

/** `{name}` in the English sentence asks for a parameter of that name. */
type NamesIn<Text> = Text extends `${string}{${infer Place}}${infer Rest}`
  ? (Place extends `${infer Name}:${string}` ? Name : Place) | NamesIn<Rest>
  : never

/** What comes after the key: nothing, or a value for each name of the sentence. */
export type PhraseParams<Key extends PhraseKey> = [NamesIn<Phrases[Key]>] extends [never]
  ? []
  : [params: Record<NamesIn<Phrases[Key]>, string | number>]
