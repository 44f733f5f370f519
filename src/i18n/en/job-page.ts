/** The texts of a job's page: next steps, confirmations, and notes beside the counters. */
export const jobPage = {
  tools: 'This job',
  crumb: 'Where you are',
  since: 'since {when}',
  steps: {
    look_at_rejects: 'Look at the rejects',
    change: 'Change and run again',
    go_on: 'Go on with the rest',
    download: 'Download \u2068{name}\u2069 ({size})',
    run_for_real: 'Run it for real',
  },
  waits: {
    later: 'Starts on {time}.',
    busy: 'Waits: {busy} of {workers} workers are busy.',
    soon: 'A worker takes it within seconds.',
    noneAnswers: 'Waits: none of the {workers} workers of this server answers.',
    unknown: 'Waits for a worker; this server has none of its own.',
    pausing: 'It pauses when the batch under way is complete.',
    cancelling: 'It stops when the batch under way is complete.',
    goesOn: 'Goes on by itself as soon as a worker takes it.',
  },
  cancel: {
    title: 'Cancel job {id}?',
    sure: 'Cancel for good',
    keep: 'Let it be',
    happens: 'What will happen:',
    stops: 'The job stops for good: it cannot go on later. Run again begins anew.',
    batch: 'The batch under way is completed first.',
    dropsPart: 'What the export has written so far is deleted.',
    stays: 'What stays:',
    staysRows: 'what was written into the table {table} so far: {n} {n:record|records}',
    staysDeleted: 'what was deleted from the table {table} stays deleted: {n} {n:record|records}',
    staysJob: 'the job with its counters, its journal and its rejects',
    titleMany: 'Cancel the selected jobs?',
    keepMany: 'Let them be',
    stopMany: 'The jobs stop for good: they cannot go on later. Run again begins anew.',
    batches: 'Batches under way are completed first.',
    dropsParts: 'What exports have written so far is deleted.',
    staysAllRows: 'what was written into tables, or deleted from them, so far',
    staysJobs: 'the jobs with their counters, journals and rejects',
    cannot: 'These are not cancelled:',
  },
  again: {
    sure: 'Run again',
    keep: 'Let it be',
    happens: 'What will happen:',
    stays: 'What stays:',
    staysJob: 'job {id} with its counters, its journal and its rejects',
    newJob: 'A new job with the specification below is made and started.',
    forReal: 'This time it is no dry run: what it changes in the table stays.',
    dry: 'It is a dry run again: nothing stays in the table.',
    operations: {
      insert_or_update:
        'The file \u2068{file}\u2069 is read from its beginning, as it is now; its records are inserted into the table {table} or update what is there.',
      insert:
        'The file \u2068{file}\u2069 is read from its beginning, as it is now; its records are inserted into the table {table}.',
      update:
        'The file \u2068{file}\u2069 is read from its beginning, as it is now; its records update what is in the table {table}.',
      reconcile:
        'The file \u2068{file}\u2069 is read from its beginning, as it is now; its records are looked up in the table {table}.',
      delete:
        'The file \u2068{file}\u2069 is read from its beginning, as it is now; what its records name is deleted from the table {table}.',
    },
    exports:
      'The table {table} is written into the file \u2068{file}\u2069 anew, in the place of what lies there.',
  },
  ledger: {
    kind: 'What came of them',
    records: 'Records',
    share: 'Share',
    ofFile: 'records of the file',
    ofTable: 'records of the table',
    soFar: 'records processed so far',
    zeros: 'Zero: {names}.',
    beside: 'Also counted: {counts}.',
    all: 'All counters',
  },
  reasons: {
    title: 'What was rejected',
    wouldTitle: 'What would be rejected',
    more: 'All rejects',
  },
  asked: { title: 'What was asked for' },
  runs: {
    title: 'Last runs of the same specification',
    description:
      'Bars upwards: running time, at most {time}. Bars downwards: share of rejects, at most {share}.',
    run: 'Job {id}, {when}: {time}, rejects: {n} ({share})',
    thisOne: 'this job',
    usual: 'Before it, as a rule: {time}; rejects {share}.',
    all: 'Jobs of this table',
  },
}
