import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { packageRoot } from '../../installation.ts'

/** Copies of the 10,000 people, so that the import takes minutes at the demo's speed. */
const REPEATS = 50
/** After every fifth copy come the damaged records. */
const DAMAGED_EVERY = 5
/**
 * Lines before the hole: the header, twenty records for one batch, and a broken one that delays the
 * next batch.
 */
const BROKEN_AFTER = 22
/** A sparse file takes no room on most disks, but time to read. */
const BROKEN_BYTES = 256 * 1024 * 1024

export type SampleFiles = {
  folder: string
  inbox: string
  outbox: string
  people: string
  damaged: string
  signUps: string
  /** A few records and then zeros, as an interrupted copy leaves them. */
  broken: string
  foreign: string
}

/** Creates a temporary folder with all files that the demo reads and writes. */
export function makeSampleFiles(): SampleFiles {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-demo-'))
  const inbox = path.join(folder, 'inbox')
  const outbox = path.join(folder, 'outbox')
  for (const each of [inbox, outbox]) mkdirSync(each)
  const files = {
    folder,
    inbox,
    outbox,
    people: path.join(inbox, 'people.csv'),
    damaged: path.join(inbox, 'people-dirty.csv'),
    signUps: path.join(inbox, 'sign-ups.csv'),
    broken: path.join(inbox, 'sign-ups-broken.csv'),
    foreign: path.join(inbox, 'people-of-another-system.csv'),
  }
  const samples = path.join(packageRoot(), 'public', 'samples')
  copyFileSync(path.join(samples, 'people.csv'), files.people)
  copyFileSync(path.join(samples, 'people-dirty.csv'), files.damaged)
  const people = readFileSync(files.people)
  writeFileSync(path.join(inbox, 'people.csv.gz'), gzipSync(people))
  writeFileSync(files.foreign, foreignPeople(people))
  writeFileSync(files.broken, people.toString().split('\n', BROKEN_AFTER).join('\n'))
  truncateSync(files.broken, BROKEN_BYTES)
  writeSignUps(files.signUps, people, readFileSync(files.damaged))
  return files
}

/** People with ids of another system, which contain letters. */
function foreignPeople(people: Buffer): string {
  const [header = '', ...records] = people.toString().split('\n', 400)
  return [header, ...records.map((record) => `C-${record}`)].join('\n')
}

function writeSignUps(file: string, people: Buffer, damaged: Buffer): void {
  const records = (sample: Buffer) => sample.subarray(sample.indexOf('\n') + 1)
  writeFileSync(file, people)
  for (let turn = 1; turn < REPEATS; turn++) {
    if (turn % DAMAGED_EVERY === 0)
      appendFileSync(file, Buffer.concat([records(damaged), NEW_LINE]))
    appendFileSync(file, records(people))
  }
}

const NEW_LINE = Buffer.from('\n')
