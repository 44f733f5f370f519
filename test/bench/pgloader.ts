import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'

const COLUMNS =
  '(id, first_name, last_name, email, city, country, birth_date, amount, score, active)'

/** Loads the file of the benches into the table `peer`. @returns false where there is no pgloader */
export function loadByPgloader(url: string, file: string, folder: string): boolean {
  if (spawnSync('pgloader', ['--version']).status !== 0) return false
  const commands = path.join(folder, 'people.load')
  writeFileSync(
    commands,
    `load csv from '${file}' ${COLUMNS}
      into ${url.replace('postgres:', 'postgresql:')} target table public.peer ${COLUMNS}
      with skip header = 1, fields terminated by ',', fields optionally enclosed by '"';`,
  )
  const { status, stdout } = spawnSync('pgloader', ['--quiet', commands], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`pgloader failed: ${stdout}`)
  return true
}
