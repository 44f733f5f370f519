import type { Command } from 'commander'
import { DEFAULT_HOST, DEFAULT_PORT, type TypedServer } from '../config.ts'
import type { Session } from './session.ts'

export function addDemo(program: Command, session: Session): void {
  program
    .command('demo')
    .description('a server on a fresh sample database with jobs in every status, until Ctrl-C')
    .option('--port <n>', `0: any that is free (default: $TALLYMAN_PORT, else ${DEFAULT_PORT})`)
    .option('--host <name>', `default: $TALLYMAN_HOST, else ${DEFAULT_HOST}: this machine alone`)
    .addHelpText('after', EXAMPLES)
    .action(async (typed: TypedServer, command: Command) => {
      const server = session.serverConfig(typed)
      // Not above: it takes long to load, and no other command needs it.
      const { showDemo } = await import('./demo/show.ts')
      await showDemo(session, server, command.optsWithGlobals())
    })
}

const EXAMPLES = `
Examples:
  $ tallyman demo
  $ tallyman demo --port 0 --json

Its workers are slowed down on purpose, so that there is something to watch, and its database is
gone when it ends.`
