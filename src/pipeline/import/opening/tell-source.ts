import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { SourceProfile } from './source-profile.ts'

/** The dialect, skipped lines, and what was detected rather than specified, as journal messages. */
export function tellSource(
  { path, reader, header, notes }: Pick<SourceProfile, 'path' | 'reader' | 'header' | 'notes'>,
  { skip }: Pick<ImportSpecification, 'skip'>,
): Message[] {
  const passed: Message[] = skip ? [{ code: 'TLY-1130', params: { count: skip } }] : []
  const isEmpty: Message[] = header.length === 0 ? [{ code: 'TLY-1133', params: { path } }] : []
  return [...reader.tell(), ...passed, ...notes, ...isEmpty]
}
