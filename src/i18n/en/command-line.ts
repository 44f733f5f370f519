/** The output of the commands, except for --help. */
export const commandLine = {
  jobLine: 'Job {id}: {text}',
  summaryLine: 'Job {id}  {label}  {status}  {time}',
  progressRecords: '{count} {count:record|records}',
  progressRejects: '{count} {count:reject|rejects}',
  progressSpeed: '{count}/s',
  progressLeft: '{time} left',
  dryRunNote:
    'A dry run: nothing was written into the table. It would insert {inserted}, update {updated} and delete {deleted}.',
  seeWouldBeRejected: 'See what would be rejected and why: tallyman jobs rejects {id}',
  seeRejects: 'See what was rejected and why: tallyman jobs rejects {id}',
  warningLine: '{level}: {text}',
  moreWarnings: 'Further warnings: {count}. See them: tallyman jobs journal {id} --level warning',
  recordWarnings: 'Warnings about records: {count}. See them: tallyman jobs rejects {id}',
  letGoOn: 'Let it go on where it stopped: tallyman jobs start {id} --run',
  letGoOnMended: 'Once the reason is mended, let it go on: tallyman jobs start {id} --run',
  change: 'Change the file or the options, and run the command again.',
  runAgain: 'Run it again from the beginning: tallyman jobs run-again {id}',
  goOnWithRest: 'Or let it go on with the rest: tallyman jobs start {id} --run',
  noJobs: 'There are no jobs.',
  moreJobs: 'There are more: add --before {id}',
  jobWaits: 'Job {id} waits for a worker; run it here: tallyman worker --once',
  workerTakes: 'A worker takes it up; where none runs: tallyman worker --once',
  jobIsPurged: 'Job {id} was over for long enough and is purged.',
  jobsArePurged: 'Jobs purged: {count}.',
  removalLine:
    'Job {id}  {label}  {status}  {ended}  {processed} processed, {rejects} rejects; removed {removed} by {actor}',
  noRemovals: 'No job was deleted or purged.',
  jobIsDeleted: 'Job {id} is deleted.',
  rejectsForSpreadsheet:
    'Records in {path}: {count}. The file is made to be read; to correct records, export them without --for-spreadsheet.',
  rejectsExported:
    'Records in {path}: {count}. Correct them, then: tallyman jobs repair {id} {path}',
  rejectsToImport: 'Records in {path}: {count}. Correct them, then import the file as any other.',
  listens: 'Tallyman listens on {url}',
  searchIsPlain:
    'A search in the list reads every job, since the database lacks the extension pg_trgm. Have an administrator of the database run "create extension pg_trgm", then start serve again.',
  demoIsReady: 'There is a job in every status now. Ctrl-C ends it and leaves nothing behind.',
  serverStops: 'Stopping: the workers commit the batches under way…',
  comparing: 'Comparing {path} with an earlier import of the same size…',
  onHost: ' on {host}',
  ofWords: ', whose words in the file are {listed}',
  asIn: ', as in {sample}',
  stopping: 'Stopping after the batch under way…',
  backedUp: 'The database is copied to {path}: {size} bytes.',
  moved:
    'Moved from {from} to {to}: jobs: {jobs}, journal entries: {entries}, rejects: {rejects}, files from the disk: {files}.',
  tablesStay:
    'The tables that jobs read and write, and results in the outbox, are yours and stay where they are; {from} stays as it was.',
  moveProgress: '{count} rows, at {table}',
  moveStopped: 'The move is stopped; the same command goes on with it.',
  moveLacksFile: 'The file {path} is gone or changed; whatever imports it will say so.',
  allAgrees: 'Jobs checked: {jobs}. All agrees.',
  disagrees: 'Jobs checked: {jobs}. What does not agree: {count}; printed: {shown}.',
  sourcesNotChecked:
    'Not checked: the files that were imported, and what others did to the rows of tables.',
  rowsNotChecked:
    'Not counted: the rows of tables that no import made or found empty, whose jobs are not all known, or of which row-level security may hide some: {tables}.',
  resultsNotChecked: 'Not checked: results that a later export replaced or is replacing: {count}.',
  jobIsHeld:
    'Job {id} is left to worker {worker}. If that one died: "tallyman worker", without --once, takes the job up after {seconds} seconds of silence.',
  inspectedColumns: 'Columns, their types and examples:',
  inspectedRecords: 'The first records:',
  inspectedLines:
    'Lines with characters beyond ASCII; where they look wrong, name another --encoding:',
  inspectedFaults: 'Records looked at: {sampled}. Of these, records that cannot be read: {count}.',
  noWorkersSeen: 'There is no worker: start one with tallyman worker, or tallyman serve.',
  templateColumns: 'Template|Job type|Table|Saved',
  templateIsNative: 'ships with Tallyman',
  templateIsSaved: 'The template "{name}" is saved.',
  templateIsDeleted: 'The template "{name}" is deleted; its jobs stay.',
  workerColumns: 'Worker|Name|Machine|Version|Since|Last sign of life|Job',
  workerLives: 'alive',
  workerIsSilent: 'silent',
  workerIsReady: 'Worker {worker} is ready.',
  stillUnfit:
    '{count} {count:record of the file does|records of the file do} not fit yet and {count:is|are} open still: look at the page of job {id}, Repair.',
  unfitRecord: 'Record {record} does not fit yet: {reason}',
  changedBesides:
    'Besides what was at fault, the file changes {column} in {count} {count:record|records}, as in record {record}: from "{before}" to "{after}".',
  heldBack:
    '{count} {count:record fits, but would change a row|records fit, but would change rows} that the table has already, perhaps written by a later record or another job: {count:it is|they are} open still. With --overwrite, {count:it goes|they go} in.',
  keptTheirs:
    '{count} {count:record was|records were} corrected otherwise by somebody else on the page: {count:it is|they are} open still, as corrected there. With --overwrite, {count:it goes|they go} in as in the file.',
  settledRejects:
    '{count} {count:record of the file is|records of the file are} repaired or set aside already; nothing was done with {count:it|them}.',
  keptByFailed:
    '{count} {count:reject is|rejects are} kept by job {id}, which failed: start it again (jobs start {id}), or cancel it (jobs cancel {id}), so that those which it did not import are open again.',
  noOpenRejects:
    '{count} {count:record|records} of the file {count:is no open reject|are no open rejects} of the job, or cannot be read; nothing was done with {count:it|them}.',
} as const
