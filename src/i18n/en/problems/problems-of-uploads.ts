import type { PROBLEMS_OF_UPLOADS } from '../../../domain/words/problems-of-uploads.ts'

/** Why an uploaded file is not taken, or cannot be used any more. */
export const problemsOfUploads: Record<keyof typeof PROBLEMS_OF_UPLOADS, string> = {
  no_upload: 'No file was chosen; choose one and upload it.',
  upload_too_large:
    'The file is too large: at most {megabytes} MB are taken. Compress it with gzip, or divide it.',
  upload_silent: 'Nothing more of the file came for {seconds} seconds; upload it again.',
  upload_broken: 'The file did not arrive whole; upload it again.',
  upload_taken:
    'Another window or request is uploading the same file; wait for it, or choose the file again.',
  upload_incomplete: 'The file is not whole yet; upload the rest, or choose it again.',
  stored_file_gone: 'The uploaded file is not kept any more; choose it and upload it again.',
  source_not_kept:
    'Tallyman keeps no copy of the file {path}, or it is not as it was imported; look for it where it came from.',
}
