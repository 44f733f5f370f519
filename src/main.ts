#!/usr/bin/env node
// No static imports: a Node that is too old must live to read the sentence, and better-sqlite3 kills it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `Tallyman needs Node.js 22.12 or newer and this is ${process.versions.node}: ` +
      'install a newer one, or run it in its checkout by "npm run -s tallyman --", which brings its own.\n',
  )
  process.exitCode = 1
} else {
  // What was compiled once starts faster the next time; where it can't be kept, nothing is lost.
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  const { limitYoungHeap } = await import('./cli/ground/heap-limits.ts')
  limitYoungHeap()
  const { run } = await import('./cli/program.ts')
  process.exitCode = await run(process.argv.slice(2))
}
