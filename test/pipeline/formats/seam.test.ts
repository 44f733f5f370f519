import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const PIPELINE = path.join(import.meta.dirname, '../../../src/pipeline')

/** What is said of a file, not of the program: comments may name anything. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
}

test('nothing in the pipeline knows delimiters and quotes but the format that has them', () => {
  const outside = globSync('**/*.ts', { cwd: PIPELINE }).filter(
    (file) => !file.startsWith('formats/delimited/'),
  )
  const knows = (file: string) =>
    /delimiter|quote/i.test(withoutComments(readFileSync(path.join(PIPELINE, file), 'utf8')))
  expect(outside.length).toBeGreaterThan(50)
  expect(outside.filter(knows)).toEqual([])
})

test('a format is imported by the list of formats, and by no other part of the pipeline', () => {
  const importers = globSync('**/*.ts', { cwd: PIPELINE }).filter((file) => {
    const text = readFileSync(path.join(PIPELINE, file), 'utf8')
    return !file.startsWith('formats/') && /from '[^']*\/formats\/[\w-]+\/[^']*'/.test(text)
  })
  // A file for spreadsheets is delimited text, whatever its source is.
  const known = ['known-formats.ts', 'rejects/rejects-sheet.ts']
  expect(importers.filter((file) => !known.includes(file) && !onlyInspects(file))).toEqual([])
})

/** How a record is looked at is the same for all formats. */
function onlyInspects(file: string): boolean {
  const text = readFileSync(path.join(PIPELINE, file), 'utf8')
  return [...text.matchAll(/\/formats\/([\w-]+)\//g)].every(([, folder]) => folder === 'inspection')
}
