import type { Command } from 'commander'
import type { TypedServer } from '../../config.ts'
import { helpIn } from '../../i18n/help.ts'
import { hostOption, portOption } from '../options/server-options.ts'
import type { Session } from '../ground/session.ts'

export function addDemo(program: Command, session: Session): void {
  const { language } = session
  const help = helpIn(language).demo
  program
    .command('demo')
    .description(help.about)
    .addOption(portOption(language))
    .addOption(hostOption(language))
    .option('--postgres', help.postgres)
    .addHelpText('after', help.examples)
    .action(async (typed: TypedServer & { postgres?: true }, command: Command) => {
      const { postgres: isOnPostgres = false, ...ofServer } = typed
      const server = session.serverConfig(ofServer)
      // Imported here because it loads slowly and no other command needs it.
      const { showDemo } = await import('../demo/show.ts')
      await showDemo(session, server, { ...command.optsWithGlobals(), isOnPostgres })
    })
}
