/** The least and the most of each type of whole numbers. */
export const WHOLE: Record<string, { least: bigint; most: bigint }> = {
  int2: { least: -(2n ** 15n), most: 2n ** 15n - 1n },
  int4: { least: -(2n ** 31n), most: 2n ** 31n - 1n },
  int8: { least: -(2n ** 63n), most: 2n ** 63n - 1n },
}
