import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { packageRoot } from '../../installation.ts'

const ownPackage = z.object({ version: z.string() })

/** The version in package.json, such as `1.2.3`. */
export function version(): string {
  const text = readFileSync(path.join(packageRoot(), 'package.json'), 'utf8')
  return ownPackage.parse(JSON.parse(text)).version
}
