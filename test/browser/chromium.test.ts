import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findChromium } from '../support/pages/chromium.ts'
import { tmpDir } from '../support/tmp.ts'

test('the browser is the one that is named, else one of the system, else the one of npm', () => {
  const folder = tmpDir()
  const system = path.join(folder, 'chromium')
  writeFileSync(system, '')
  const PATH = ['/nowhere', folder].join(path.delimiter)
  expect(findChromium({ CHROMIUM_PATH: '/my/chromium', PATH }).executablePath).toBe('/my/chromium')
  expect(findChromium({ PATH })).toEqual({ executablePath: system, env: {} })

  const { executablePath, env } = findChromium({ PATH: '/nowhere' })
  expect(executablePath).toContain('node_modules')
  expect(existsSync(env['FONTCONFIG_FILE'] ?? '')).toBe(true)
  const { stdout } = spawnSync(executablePath, ['--version', '--no-sandbox'], { env })
  expect(String(stdout)).toMatch(/^\w.*\d+\.\d+/)
})
