/** Maximum record length in any format, which bounds the memory for a line. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024
/** Number of bytes kept of a longer record, for the inspection of rejects. */
export const RAW_BYTES_OF_TOO_LONG = 64 * 1024

/** Minimum number of bytes to buffer before records are scanned: about one batch. */
export const SCAN_BLOCK_BYTES = 4 * 1024 * 1024

/** Maximum size of a sample from the beginning of a source, unless one record is longer. */
export const SAMPLE_BYTES = 4 * 1024 * 1024
