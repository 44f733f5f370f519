import type { PROBLEMS_OF_UPLOADS } from '../../../domain/words/problems-of-uploads.ts'

/** Why an uploaded file is not taken, or cannot be used any more. */
export const problemsOfUploads: Record<keyof typeof PROBLEMS_OF_UPLOADS, string> = {
  no_upload: 'No file was chosen; choose one and upload it.',
  too_many_files: 'These are too many files for one job: choose at most {limit}.',
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
  no_reject_columns:
    'The file {path} does not end in the columns reject_line to reject_message, by which a record is known: take the file of "Export rejects" (jobs rejects ID --export FILE), correct it, and leave these columns in it.',
  other_columns:
    'The file {path} has the columns {found}, and the rejects of this job have {columns}: correct the file of "Export rejects", and leave its columns as they are.',
  other_rejects:
    'The file {path} has no rejects of job {id}: their lines, reasons or keys are others. Export the rejects of job {id}, and correct that file.',
  all_settled:
    'All rejects in the file {path} are repaired or set aside already, so nothing was imported. What is still open of job {id} is in a new export of its rejects.',
  no_corrections:
    'The file {path} has no record that can be read and says in reject_line and reject_record which reject it is: leave these columns as they are.',
  corrected_twice:
    'The file {path} has record {record} twice, again in line {line}: leave one of them.',
  too_many_corrections:
    'The file {path} has more than {limit} records, or too many bytes, for one repair: split it.',
}
