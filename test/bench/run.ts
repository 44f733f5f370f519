import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { measureClicks } from './click.ts'
import { measureExport } from './export.ts'
import { measureImport } from './import.ts'
import { measureList } from './list.ts'
import { measureLoad } from './load.ts'
import { measurePostgres } from './postgres.ts'
import { measureTokenizer, writeBenchFile } from './tokenizer.ts'
import { measureUnchanged } from './unchanged.ts'
import { measureUpload } from './upload.ts'
import { measureExpressions, measureValues } from './values.ts'

/** Every figure of the README, one line each. */
const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
const file = path.join(folder, 'people.csv')
await writeBenchFile(file)
console.log(`tokenizer: ${((await measureTokenizer(file)) / 1e6).toFixed(1)} M records/s`)
rmSync(folder, { recursive: true })
console.log(await measureImport())
for await (const line of measureValues()) console.log(line)
console.log(await measureExpressions())
console.log(await measureExport())
console.log(await measureClicks())
console.log(await measureUnchanged())
console.log(await measureLoad())
for await (const line of measureList()) console.log(line)
for await (const line of measurePostgres()) console.log(line)
for await (const line of measureUpload()) console.log(line)
