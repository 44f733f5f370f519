import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { cleanPeople, dirtyPeople } from './people.ts'

const folder = import.meta.dirname
writeFileSync(path.join(folder, 'people.csv'), cleanPeople())
writeFileSync(path.join(folder, 'people-dirty.csv'), dirtyPeople())
