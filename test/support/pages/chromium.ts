import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Browser } from 'playwright-core'

/** A Chromium, and what it must find in its environment. */
export type Chromium = { executablePath: string; env: Record<string, string> }

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MODULES = path.join(import.meta.dirname, '../../../node_modules')

/** Switches under which it runs anywhere, also as root, and asks nobody for anything. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launchChromium(args: string[] = []): Promise<Browser> {
  const { executablePath, env } = findChromium()
  const all = { ...process.env, ...env }
  return chromium.launch({ executablePath, env: all, args: [...FLAGS, ...args] })
}

/** The one that CHROMIUM_PATH names, else one of the system's, else the one that npm brought. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): Chromium {
  const executablePath = env['CHROMIUM_PATH'] ?? onPath(env['PATH'] ?? '')
  return executablePath === undefined ? unpacked() : { executablePath, env: {} }
}

function onPath(folders: string): string | undefined {
  return folders
    .split(path.delimiter)
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file))
}

/** npm's comes packed, with the libraries and fonts that a bare machine lacks; unpacked once. */
function unpacked(): Chromium {
  const folder = path.join(MODULES, '.cache/tallyman-chromium')
  if (!existsSync(folder)) unpackInto(folder)
  return {
    executablePath: path.join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
  }
}

/** In a place of its own first: another process may be at it too, and one that is killed leaves half. */
function unpackInto(folder: string): void {
  const place = mkdtempSync(path.join(MODULES, '.tallyman-chromium-'))
  // A process of its own, because the package unpacks into TMPDIR and changes its environment.
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      "await (await import('@sparticuz/chromium')).default.executablePath()",
    ],
    {
      cwd: path.join(MODULES, '..'),
      env: { ...process.env, TMPDIR: place, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    },
  )
  writeFileSync(path.join(place, 'fonts.conf'), fontsOf(folder))
  try {
    mkdirSync(path.dirname(folder), { recursive: true })
    renameSync(place, folder)
  } catch (error) {
    rmSync(place, { recursive: true })
    if (!existsSync(folder)) throw error
  }
}

const fontsOf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`
