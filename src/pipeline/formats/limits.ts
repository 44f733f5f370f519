/** No record is longer, whatever its format: so no line of a file grows without bound in memory. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024
/** Of a longer one so many bytes are kept, for who looks at what was rejected. */
export const RAW_BYTES_OF_TOO_LONG = 64 * 1024

/** So many bytes are gathered before their records can be taken: about as many as one batch takes. */
export const BLOCK_BYTES = 1024 * 1024

/** A look at the beginning of a source reads no more, unless a single record is longer. */
export const SAMPLE_BYTES = 4 * 1024 * 1024
