import { build, type BuildOptions } from 'rolldown'

/** Programs that are started as processes or threads keep their place: `src/installation.ts` finds them. */
const PROGRAMS = [
  'src/main',
  'src/worker/liveness/heartbeat-thread',
  'src/worker/cleanup/clearing-thread',
  'src/db/sqlite/rows/rows-thread',
  'src/pipeline/expressions/calculator-thread',
  'src/cli/demo/programs/slow-program',
  'src/cli/demo/programs/stalling-program',
  // Asked by the benches without a server around it.
  'src/http/app',
  'src/http/ground/assets',
]

/**
 * One file a program and what they share: a command loads a few files instead of hundreds of
 * modules, which halves the time until it does something. Built by a program of its own, since the
 * bundler's command prints a line for each of them.
 */
export const BUNDLES = {
  input: Object.fromEntries(PROGRAMS.map((program) => [program, `${program}.ts`])),
  platform: 'node',
  // Without it, which would be no error, the pages would be built for React.
  tsconfig: 'tsconfig.json',
  // Their binaries lie in their packages.
  external: ['better-sqlite3', '@jitl/quickjs-wasmfile-release-sync'],
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'esm',
    sourcemap: true,
    // Each thread holds the whole text. Names stay for those who read a stack.
    minify: { compress: false, mangle: false, codegen: true },
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name]-[hash].js',
  },
} satisfies BuildOptions

if (import.meta.main) {
  await build({
    ...BUNDLES,
    // What a warning tells of, such as an import that is not found, would fail when it is run.
    onLog(level, { message }) {
      if (level === 'warn') throw new Error(message)
    },
  })
}
