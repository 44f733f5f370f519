import { FORMATS_READ, FORMATS_WRITTEN } from '../files.ts'

/** The help of the commands that read and write files, of their options, and of templates. */
export const helpOfFiles = {
  import: {
    recordsTitle: 'What goes where:',
    runTitle: 'How it runs:',
    about: 'read a file into a table',
    file: `${FORMATS_READ}, plain or gzip; - is standard input. Several are one job: the records of each follow those of the one before`,
    into: 'the table',
    template:
      'the name of a template with the rest of what is asked; options and --spec go before it',
    spec: 'a file with the rest of what is asked, as `jobs show ID --spec` prints it; options go before it',
    create: 'make the table after the file where there is none',
    key: 'fields that identify a record, as in a,b or \'"last, first"\'',
    secondKey: 'for records whose key is empty',
    operation: 'default: insert_or_update with a key, insert without',
    doubles: 'records whose key came before in the file; default: update',
    duplicates: 'records that are in the table; default: update, with the operation insert: reject',
    map: 'a column whose field has another name, or #3 for the third (repeatable)',
    emptyOverwrites: 'an empty value empties these fields',
    onlyIfEmpty: 'write these only where the table has nothing',
    onlyOnInsert: 'write these only into new records',
    onError:
      'warn: without the field; reject: not the record (default); stop: the job (repeatable)',
    sensitive:
      'columns whose values are masked in rejects, journal and report, also those that fill no field',
    noHeader: 'the first line is a record; its columns are 1, 2, …',
    skip: 'lines above the header, or above the first record; default: found out',
    skipLast: 'records at the end that are left out, such as totals',
    headerLines: 'lines of names, which are joined; default: one',
    columns: 'names of the columns, as in a,b; the file has none, or they are skipped',
    null: 'a text that stands for nothing, such as NULL (repeatable)',
    maxRejects: 'fail after this many rejects',
    keepGoing: 'also when the first 100 records are all rejected',
    trace: 'one journal entry for each record',
    label: 'what the job is called in lists',
    dryRun:
      'do everything, and keep nothing but the job; on PostgreSQL the rows that it would change are locked until it ends',
    again: 'also where the same file went into the table before, without a key',
    examples: `
Examples:
  Make a table after the file, and fill it:
  $ tallyman import people.csv --into people --create --key id
  Bring it up to date with tomorrow's file, and empty phones that are empty there:
  $ tallyman import people2.csv --into people --key id --empty-overwrites phone
  A file from elsewhere, with names of its own:
  $ tallyman import clients.txt --into people --key email --map Correo=email --delimiter ';' --encoding latin1
  A title of two lines above the header, and a line of totals at the end:
  $ tallyman import sales.csv --into sales --create --skip 2 --skip-last 1
  Names of your own instead of a damaged header; the third column fills the field paid:
  $ tallyman import bills.csv --into bills --skip 1 --columns id,name,sum --map '#3=paid' --null N/A
  See what would happen:
  $ tallyman import people.csv --into people --key id --dry-run
  Take records out of the table:
  $ tallyman import gone.csv --into people --key id --operation delete
  What another program writes:
  $ zcat old.csv.gz | tallyman import - --into people --key id

In columns of texts "" is an empty text; nothing at all leaves the field as it is.
Exit code: 0 no rejects, 3 rejects, 1 failed, paused, cancelled or interrupted, 2 wrong call.
Ctrl-C interrupts after the batch under way; the job goes on with: tallyman jobs start ID --run`,
  },
  export: {
    about: 'write a table or a view into a file',
    table: 'the table or view',
    to: `${FORMATS_WRITTEN}; a name that ends in .gz is packed; - is standard output`,
    template:
      'the name of a template with the rest of what is asked; options and --spec go before it',
    spec: 'a file with the rest of what is asked, as `jobs show ID --spec` prints it; options go before it',
    columns: 'these, in this order, as in a,b; default: all',
    differential:
      'only what changed since the last finished run of the template, by this field, which says when a row changed',
    noHeader: 'no line with the names of the columns',
    gzip: 'pack the file, whatever its name',
    force: 'replace a file of this name, once the new one is complete',
    label: 'what the job is called in lists',
    examples: `
Examples:
  $ tallyman export people --to people.csv
  $ tallyman export people --to people.tsv.gz --columns id,email
  $ tallyman export people --to people.txt --delimiter ';' --no-header
  Every night what changed, after a first file with all:
  $ tallyman export people --to monday.csv --template nightly --differential updated_at

The file appears under its name when it is complete, and replaces one that is there with --force alone.
A pipe (--to -) cannot be gone on with: a job that is interrupted has failed.
--differential sees no deleted rows and no change that leaves the field as it is or sets it back;
rows with nothing in it are in every file. A run that does not finish moves nothing.`,
  },
  templates: {
    about: 'specifications with a name',
    name: 'name of the template',
    list: 'those that were saved, and those that ship with the program',
    show: 'a template as a file for --spec; with --json also its jobs and what changed in it',
    save: 'save a job or a specification under a name',
    job: 'the job whose specification is kept, without its file',
    spec: 'a file with a specification, as `jobs show ID --spec` prints it',
    type: 'what the file of --spec is for; default: as it says itself, else import',
    description: 'what it is for',
    replace: 'also where there is such a template already, which is changed',
    delete: 'delete a template; its jobs stay',
    examples: `
Examples:
  $ tallyman templates save "Monday people" --job 7
  $ tallyman import people2.csv --template "Monday people"
  $ tallyman export people --to people.csv --template excel-export`,
  },
  example: {
    about: 'write a file to fill in: the names of the columns, and two example records',
    table: 'the table that it is for; default: that of the template',
    template: 'the name of a template that says how the file is written and what its columns are',
    spec: 'a file that says so, as `jobs show ID --spec` prints it; it goes before the template',
    to: 'the file; default: standard output',
    force: 'replace a file of this name',
    examples: `
Examples:
  $ tallyman example people --to people.csv
  $ tallyman example --template "Monday people" --to monday.csv

An import as specified takes the examples, unless only the table can tell that it does not, as
where a row must refer to another one. Replace them: they are records like any other.`,
  },
  inspect: {
    about: 'show how a file would be read, and what is wrong at its beginning; writes nothing',
    file: `${FORMATS_READ}, plain or gzip. Of several, each is told by itself, and what keeps it from being imported with the first`,
    examples: `
Examples:
  $ tallyman inspect people.csv
  $ tallyman inspect people.csv --delimiter ';' --encoding latin1
  $ tallyman inspect people.csv --json
  $ tallyman inspect north.csv south.csv

It reads the beginning of the file alone, however long the file is, and needs no database.`,
  },
  reading: {
    title: 'How the file is written (by default, it is found out):',
    format: 'what the file is; default: as its name and its contents say',
    delimiter: 'one character or several; also tab, semicolon, pipe, space, \\x01',
    quote: 'what values stand in; none: they stand in nothing',
    escape: 'what stands before a quote or a delimiter within a value; none: quotes are doubled',
    recordEnd: 'lf, crlf, cr, or other characters such as \\x1e; default: any of the three',
    comment: 'lines that begin with it are no records',
    trim: 'blanks around values are no part of them',
    mergeDelimiters: 'delimiters one behind the other are one',
    noMultiline: 'a line end always ends the record, also within quotes',
    missing: 'records that lack their last columns; default: reject',
    surplus: 'records that have too many columns; default: reject',
    encoding: 'utf-8, utf-16le, windows-1252, iso-8859-2, shift_jis, gb18030, koi8-r, …',
  },
  writing: {
    title: 'How the file is written:',
    format: 'default: by the name of the file, else delimited',
    delimiter: 'one character or several; also tab, semicolon, pipe; default: comma, tab for .tsv',
    quoteAll: 'put every value in quotes',
    null: 'what stands where there is nothing, as in NULL or \\N',
    lineEnd: 'default: lf',
    encoding: 'windows-1252, utf-16le, shift_jis, …; default: utf-8',
    bom: 'begin with a byte order mark, by which Excel knows UTF-8',
    safeCells:
      'put an apostrophe before what a spreadsheet would run as a formula: it changes values',
  },
} as const
