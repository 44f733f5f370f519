/** Encodings with multibyte characters, whose later bytes may be those of ASCII characters. */
const MULTIBYTE = [
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'gbk',
  'gb18030',
  'big5',
  'euc-kr',
] as const
export type MultibyteEncoding = (typeof MULTIBYTE)[number]

/** Those of https://encoding.spec.whatwg.org, and ISO-8859-1, which differs from the one there. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-8-i',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-16',
  'koi8-r',
  'koi8-u',
  'ibm866',
  'macintosh',
  'x-mac-cyrillic',
  ...MULTIBYTE,
] as const
export type Encoding = (typeof ENCODINGS)[number]

export function isMultibyte(encoding: Encoding): encoding is MultibyteEncoding {
  return MULTIBYTE.some((one) => one === encoding)
}

export function isUtf16(encoding: Encoding): boolean {
  return encoding === 'utf-16le' || encoding === 'utf-16be'
}

/** Names that the standard maps to another encoding or does not know. */
const ALIASES: Partial<Record<Encoding, readonly string[]>> = {
  'utf-8': ['ascii', 'usascii'],
  'utf-16le': ['utf16', 'ucs2', 'unicode'],
  'windows-1252': ['win1252', '1252', 'ansi'],
  'iso-8859-1': ['88591', 'latin1', 'l1'],
  'iso-8859-15': ['885915', 'latin9', 'l9'],
}

/** Ignores case, hyphens, underscores and spaces. */
export function parseEncoding(name: string): Encoding | undefined {
  const plain = plainName(name)
  return (
    ENCODINGS.find((one) => plainName(one) === plain || ALIASES[one]?.includes(plain)) ??
    labelled(name)
  )
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Looks up one of the labels of the standard. */
function labelled(name: string): Encoding | undefined {
  try {
    const { encoding } = new TextDecoder(name)
    return ENCODINGS.find((one) => one === encoding)
  } catch {
    return undefined
  }
}
