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
/** A command in one of our texts, as in `tallyman jobs list`, but not the name in a sentence. */
const COMMAND = /\btallyman (?=[a-z<[-])/g

/** The text with the program name in its commands replaced, so that they can be typed as shown. */
export function withProgramName(text: string, name = NAME): string {
  return name === 'tallyman' ? text : text.replace(COMMAND, `${name} `)
}
