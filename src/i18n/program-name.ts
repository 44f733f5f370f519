/**
 * The program as it is called on the command line. In a checkout `tallyman` is not on the path; npm
 * runs it and sets environment variables of its own.
 */
export function programName(env: NodeJS.ProcessEnv): string {
  const isOfCheckout =
    env['npm_package_name'] === 'tallyman' &&
    ['tallyman', 'demo'].includes(env['npm_lifecycle_event'] ?? '')
  return isOfCheckout ? 'npm run -s tallyman --' : 'tallyman'
}

const NAME = programName(process.env)
/** The database that was typed: what is typed next is to lead to the same one. */
let typedDatabase: string | undefined

/** A process is one command, so that this holds for all of its texts. */
export function repeatDatabase(url: string | undefined): void {
  typedDatabase = url
}

/** A command in a text of ours, as in `tallyman jobs list`, and no word of a sentence. */
const COMMAND = /\btallyman (?=[a-z<[-])/g

/** A text whose commands can be typed as they stand there. */
export function withProgramName(text: string, name = NAME): string {
  const database = typedDatabase === undefined ? '' : `--database ${quoted(typedDatabase)} `
  return text.replace(COMMAND, () => `${name} ${database}`)
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w:./=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
