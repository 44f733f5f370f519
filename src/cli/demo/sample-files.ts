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

/** Each time the 10,000 people, so that it takes minutes at the demo's pace. */
const REPEATS = 50
/** Among them, now and then, the damaged ones. */
const DAMAGED_EVERY = 5
/** The header, twenty records for one batch, and one that is broken: no batch comes after it for long. */
const BROKEN_AFTER = 22
/** Which take no room on most disks, but the more time to be read. */
const BROKEN_BYTES = 256 * 1024 * 1024

export type SampleFiles = {
  folder: string
  inbox: string
  outbox: string
  people: string
  damaged: string
  signUps: string
  /** A few records, and then a hole of zeros as a copy leaves it that broke off. */
  broken: string
  foreign: string
}

/** A temporary folder with all that the demo reads and writes. */
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

/** The numbers of another system, which has letters in them. */
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
