/** Why an uploaded file is not taken, or cannot be used any more. */
export const PROBLEMS_OF_UPLOADS = {
  no_upload: {},
  too_many_files: { limit: 'number' },
  upload_too_large: { megabytes: 'number' },
  upload_silent: { seconds: 'number' },
  upload_broken: {},
  upload_taken: {},
  upload_incomplete: {},
  stored_file_gone: {},
  source_not_kept: { path: 'text' },
  no_reject_columns: { path: 'text' },
  other_columns: { path: 'text', found: 'text', columns: 'text' },
  other_rejects: { path: 'text', id: 'id' },
  all_settled: { path: 'text', id: 'id' },
  no_corrections: { path: 'text' },
  corrected_twice: { path: 'text', record: 'number', line: 'number' },
  too_many_corrections: { path: 'text', limit: 'number' },
} as const
