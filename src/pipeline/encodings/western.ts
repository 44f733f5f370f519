/** Bytes that are undefined in Windows-1252. */
const UNKNOWN = /[\x81\x8d\x8f\x90\x9d]/

/** Its non-letters that no Western language writes between two letters. */
const SIGN_IN_WORD =
  /[a-z\xc0-\xff][\x80\x82\x84-\x89\x8b\x95\x98\x99\x9b\xa1-\xa9\xab-\xb6\xb8\xb9\xbb-\xbf\xd7\xf7](?=[a-z\xc0-\xff])/gi
const HIGH = /[\x80-\xff]/g
const RUN_OF_HIGH = /[\x80-\xff]{3,}/g
/** Quotes and the like around a word; a longer run of them is none, and would take long. */
const AROUND_WORD = /^[\x82\x84\x8b\x91\x93\xa1\xab\xbf]{1,4}|[\x85\x91-\x94\x9b\xbb]{1,4}$/g

/** Whether all bytes are defined in Windows-1252. */
export function mayBeWestern(bytes: Buffer): boolean {
  return !UNKNOWN.test(bytes.toString('latin1'))
}

/**
 * Whether bytes that are not UTF-8 are unlikely to be Western European text. There, non-ASCII
 * letters occur alone or in pairs between others; Cyrillic, Greek or Asian words consist of little
 * else.
 */
export function speaksAgainstWestern(bytes: Buffer): boolean {
  const text = bytes.toString('latin1')
  const high = text.match(HIGH)?.length ?? 0
  const runs = (text.match(RUN_OF_HIGH) ?? []).map((run) => run.replace(AROUND_WORD, ''))
  const inRuns = runs.filter((run) => run.length > 2).join('').length
  const signs = text.match(SIGN_IN_WORD)?.length ?? 0
  return UNKNOWN.test(text) || inRuns > high / 2 || signs > high / 10
}
