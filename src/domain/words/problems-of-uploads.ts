/** Why an uploaded file is not taken, or cannot be used any more. */
export const PROBLEMS_OF_UPLOADS = {
  no_upload: {},
  upload_too_large: { megabytes: 'number' },
  upload_silent: { seconds: 'number' },
  upload_broken: {},
  upload_taken: {},
  upload_incomplete: {},
  stored_file_gone: {},
  source_not_kept: { path: 'text' },
} as const
