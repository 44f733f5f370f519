import path from 'node:path'

/**
 * Where new files of Tallyman's own go: into the database, into a folder that all machines share, or
 * on the disk of a database that is a file.
 */
export type FilesPlace = 'database' | 'beside' | { folder: string }

/** What a setting says, and what holds without it: several machines may share a database server. */
export function filesPlaceOf(setting: string | undefined, database: string): FilesPlace {
  if (!setting) return /^postgres(ql)?:/.test(database) ? 'database' : 'beside'
  return setting === 'database' ? setting : { folder: path.resolve(setting) }
}

/** The folder of results, where a setting names one for all files. */
export function resultsFolderOf(place: FilesPlace): string | undefined {
  return typeof place === 'string' ? undefined : path.join(place.folder, 'results')
}

/** The folder of uploads and copies, where a setting names one for all files. */
export function sourcesFolderOf(place: FilesPlace): string | undefined {
  return typeof place === 'string' ? undefined : path.join(place.folder, 'sources')
}
