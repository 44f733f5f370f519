/** Why a record cannot be read. */
export type RecordFlag =
  | 'bare_quote'
  | 'text_after_quote'
  | 'unterminated_quote'
  | 'encoding'
  | 'too_long'
  | 'columns'
  | 'nul'
