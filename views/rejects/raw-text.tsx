/** What the eye does not see, or sees as something else: controls, marks of direction, odd blanks. */
const UNSEEN = /([\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?! )\p{Zs})/u
/** Names, since the pictures that Unicode has of them (␀) are in few fonts. */
const CONTROLS = (
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI ' +
  'DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'
).split(' ')
const DELETE = 0x7f

/**
 * Text from outside, of which nothing hides: each character that can't be seen becomes a sign, and
 * a number is a byte that is no text at all. It does not turn the direction of what stands around it.
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
  return text.split(UNSEEN).map((part) => (UNSEEN.test(part) ? <Unseen character={part} /> : part))
}

/** The end of a line is shown, and ends the line. */
function Unseen({ character }: { character: string }) {
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
