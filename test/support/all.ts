/** Everything a generator gives, in its order. */
export async function all<Each>(each: AsyncIterable<Each>): Promise<Each[]> {
  const found: Each[] = []
  for await (const one of each) found.push(one)
  return found
}
