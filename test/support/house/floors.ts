import { posix } from 'node:path'

/**
 * The floors of each room, a folder each: a file may import, also its types, what lies in its own
 * folder and in those before it. `.` stands for the files of the room itself; a file that lies
 * elsewhere than its folder has its own place in the list.
 */
const FLOORS: Record<string, string[]> = {
  'src/domain': [
    'states',
    'words',
    'texts',
    'specification/fields',
    'formats/delimited',
    'formats',
    'specification',
    'records',
    'jobs',
    'templates',
    'reconcile',
  ],
  'src/engine': [
    'ground',
    'jobs',
    'rejects',
    'repair',
    'cleanup',
    'lifecycle',
    'list',
    'templates',
    'report',
    'move',
    'verify',
  ],
  'src/i18n': [
    'en',
    'en/help',
    'en/messages',
    'en/problems',
    'es',
    'es/help',
    'es/messages',
    'es/problems',
    '.',
  ],
  'src/db': [
    'own',
    '.',
    'files',
    'known',
    'sqlite/tables',
    'sqlite/own',
    'sqlite/connection',
    'sqlite/rows',
    'sqlite/statements',
    'sqlite/watch',
    'sqlite/target/references',
    'sqlite/target',
    'sqlite',
    'postgres/ground',
    'postgres/own',
    'postgres/opening',
    'postgres/tables',
    'postgres/rows',
    'postgres/statements',
    'postgres/target/references',
    'postgres/target/rules',
    'postgres/target/order',
    'postgres/target',
    'postgres',
    'open.ts',
    'database-problem.ts',
  ],
  'src/pipeline': [
    'encodings',
    'files',
    'source',
    'values',
    'values/formats',
    'expressions',
    'formats/inspection',
    'formats',
    'formats/lines',
    'formats/json-lines',
    'formats/delimited/dialect',
    'formats/delimited/scan',
    'formats/delimited/general',
    'formats/delimited/rejects',
    'formats/delimited/inspection',
    'formats/delimited/tokenizer',
    'formats/delimited/detection',
    'formats/delimited/head',
    'formats/delimited/writing',
    'formats/delimited',
    '.',
    'export',
    'import/opening',
    'import/fields',
    'import/plan',
    'import/several',
    'import/plan/check-import.ts',
    'import/feeds',
    'import',
    'import/preview/names',
    'import/preview',
    'import/preview/fitting',
    'rejects',
    'repair',
    'templates',
  ],
  'src/worker': ['ground', 'cleanup', 'liveness', 'run', '.'],
  'src/http': [
    'ground',
    'forms',
    'assistant/answers',
    'assistant/fields',
    'assistant',
    'assistant/export',
    'assistant/steps',
    'uploads',
    'middleware',
    'responses',
    'downloads',
    'repair',
    'routes',
    'routes/list',
    'routes/files',
    'routes/assistant',
    'routes/repair',
    'routes/templates',
    '.',
  ],
  'src/cli': [
    'ground',
    'output',
    'options',
    'run',
    'move',
    'postgres',
    'demo',
    'commands/jobs',
    'commands',
    '.',
    'demo/programs',
  ],
  views: [
    'ground',
    'charts',
    'parts',
    'rejects',
    'formats',
    'tabs',
    'today',
    'uploads',
    'forms',
    'templates',
    'assistant/fields',
    'assistant',
    'assistant/export',
    'assistant/steps',
    'repair',
    'job',
    'list',
    'report',
    'workers',
  ],
}
const IMPORT =
  /^(?:import|export)\s[^'"]*?\bfrom\s+['"](\.[^'"]+)['"]|\bimport\(['"](\.[^'"]+)['"]\)/gm

/** The files of ours that a file imports, also types alone. */
export function importedBy(file: string, text: string): string[] {
  const specifiers = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '')
  return specifiers.map((specifier) => posix.join(posix.dirname(file), specifier))
}

/** What of a file's imports lies above it, one sentence each. */
export function wrongFloorsOf(file: string, text: string): string[] {
  const own = floorOf(file)
  if (own === undefined) return []
  return importedBy(file, text).flatMap((imported) => {
    const other = floorOf(imported)
    return other?.room === own.room && other.height > own.height
      ? [`${file}: ${own.floor} may not import ${other.floor}`]
      : []
  })
}

/** The folders that no list has. */
export function unknownFloors(files: string[]): string[] {
  const folders = new Set(files.map((file) => posix.dirname(file)))
  return [...folders].filter((folder) => {
    const room = roomOf(folder)
    return room !== undefined && !FLOORS[room]?.includes(posix.relative(room, folder) || '.')
  })
}

function floorOf(file: string): { room: string; floor: string; height: number } | undefined {
  const folder = posix.dirname(file)
  const room = roomOf(folder)
  if (room === undefined) return undefined
  const floors = FLOORS[room] ?? []
  const itself = posix.relative(room, file)
  const floor = floors.includes(itself) ? itself : posix.relative(room, folder) || '.'
  return { room, floor, height: floors.indexOf(floor) }
}

function roomOf(folder: string): string | undefined {
  return Object.keys(FLOORS).find((room) => `${folder}/`.startsWith(`${room}/`))
}
