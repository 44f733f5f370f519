/** Invisible or misleading characters: controls, direction marks, unusual blanks. */
const INVISIBLE = /([\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?! )\p{Zs})/u
/** Names of control characters; few fonts have the pictures of Unicode (␀). */
const CONTROLS = (
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI ' +
  'DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'
).split(' ')
const DELETE = 0x7f

/**
 * Untrusted text with every invisible character shown as a sign; a number is a byte that is not
 * text. It is isolated from the direction of the text around it.
 */
export function RawText({ children }: { children: string | (string | number)[] }) {
  return (
    <bdi>
      {[children]
        .flat()
        .map((piece) =>
          typeof piece === 'number' ? <Sign>{hexadecimal(piece)}</Sign> : <Text text={piece} />,
        )}
    </bdi>
  )
}

function Text({ text }: { text: string }) {
  return text
    .split(INVISIBLE)
    .map((part) => (INVISIBLE.test(part) ? <InvisibleCharacter character={part} /> : part))
}

/** A line end is shown as a sign and also breaks the line. */
function InvisibleCharacter({ character }: { character: string }) {
  return (
    <>
      <Sign>{signOf(character.codePointAt(0) ?? 0)}</Sign>
      {character === '\n' && character}
    </>
  )
}

function Sign({ children }: { children: string }) {
  return <span class="sign">{children}</span>
}

function signOf(code: number): string {
  const name = code === DELETE ? 'DEL' : CONTROLS[code]
  return `⟨${name ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}⟩`
}

function hexadecimal(unit: number): string {
  return `⟨${unit.toString(16).toUpperCase().padStart(2, '0')}⟩`
}
