/** Random access to the bytes of an open file, wherever it lies. */
export type FileBytes = {
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ buffer: Buffer; bytesRead: number }>
}
