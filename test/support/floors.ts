import { posix } from 'node:path'

/**
 * The floors of each room, a folder each: a file may import, also its types, what lies in its own
 * folder and in those before it. `.` stands for the files of the room itself.
 */
const FLOORS: Record<string, string[]> = {
  'src/domain': ['states', 'words', 'texts', 'specification', 'records', 'jobs', 'reconcile'],
  'src/engine': ['ground', 'jobs', 'rejects', 'cleanup', 'lifecycle', 'list', 'report', 'verify'],
  'src/db/sqlite': [
    'tables',
    'own',
    'connection',
    'rows',
    'statements',
    'watch',
    'target/references',
    'target',
    '.',
  ],
  'src/db/postgres': ['ground', 'tables', 'rows', 'statements', 'target', '.'],
  'src/pipeline': [
    'encodings',
    'source',
    'values',
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
    'import/plan',
    'import',
    'rejects',
  ],
  'src/worker': ['ground', 'cleanup', 'liveness', 'run', '.'],
  'src/http': ['ground', 'forms', 'middleware', 'responses', 'routes', 'routes/list', '.'],
  'src/cli': ['ground', 'output', 'options', 'run', 'demo', 'commands', '.', 'demo/programs'],
  views: [
    'ground',
    'charts',
    'parts',
    'rejects',
    'tabs',
    'today',
    'forms',
    'job',
    'list',
    'report',
  ],
}
const IMPORT =
  /^(?:import|export)\s[^'"]*?\bfrom\s+['"](\.[^'"]+)['"]|\bimport\(['"](\.[^'"]+)['"]\)/gm

/** What of a file's imports lies above it, one sentence each. */
export function wrongFloorsOf(file: string, text: string): string[] {
  const own = floorOf(file)
  if (own === undefined) return []
  return [...text.matchAll(IMPORT)].flatMap((match) => {
    const imported = posix.join(posix.dirname(file), match[1] ?? match[2] ?? '')
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
  const floor = posix.relative(room, folder) || '.'
  return { room, floor, height: FLOORS[room]?.indexOf(floor) ?? -1 }
}

function roomOf(folder: string): string | undefined {
  return Object.keys(FLOORS).find((room) => `${folder}/`.startsWith(`${room}/`))
}
