import { z } from 'zod'
import {
  readConfig,
  readServerConfig,
  readWorkerConfig,
  type Config,
  type ServerConfig,
  type TypedServer,
  type WorkerConfig,
} from '../../config.ts'
import { openStore } from '../../db/open.ts'
import type { OpenOptions, Store } from '../../db/store.ts'
import { shownUrl } from '../../db/shown-url.ts'
import type { Language } from '../../i18n/catalogue.ts'
import { repeatDatabase } from '../../i18n/program-name.ts'

/** What every command receives. */
export type Call = { config: Config; store: Store; isJson: boolean }

const globalOptions = z.object({
  database: z.string().optional(),
  files: z.string().optional(),
  json: z.boolean().default(false),
})

/** One run of the program: opens the database for the command and keeps its exit code. */
export class Session {
  exitCode = 0
  readonly #env: NodeJS.ProcessEnv

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env
  }

  /** The language of the output, known before a database is opened. */
  get language(): Language {
    return readConfig(this.#env, {}).language
  }

  /** @throws WrongSettingsError */
  serverConfig(typed: TypedServer): ServerConfig {
    return readServerConfig(this.#env, typed)
  }

  /** @throws WrongSettingsError */
  workerConfig(typed: TypedServer): WorkerConfig {
    return readWorkerConfig(this.#env, typed)
  }

  /**
   * @param act returns the exit code
   * @param opening for the few commands that may create a missing database; for the others, a new
   * one would make a mistyped name look like an empty system
   */
  async run(
    options: unknown,
    act: (call: Call) => Promise<number>,
    opening: OpenOptions = { mustExist: true },
  ): Promise<void> {
    const { database, files, json } = globalOptions.parse(options)
    const config = readConfig(this.#env, { database, files })
    repeatDatabase(database === undefined ? undefined : shownUrl(database))
    const store = await openStore(config.database, opening)
    try {
      this.exitCode = await act({ config, store, isJson: json })
    } finally {
      await store.close()
    }
  }
}
