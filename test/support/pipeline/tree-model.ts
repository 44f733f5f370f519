import { noCounters, type Counters } from '../../../src/domain/jobs/counters.ts'
import type { ImportSpecification } from '../../../src/domain/specification/specification.ts'

/** A row of a table that refers to itself. */
export type TreeNode = { id: number; parent: number | null; name: string }

export type TreeResult = { nodes: TreeNode[]; counters: Counters; rejects: [number, string][] }

type Wanted = Pick<ImportSpecification, 'operation' | 'doubles' | 'duplicates'>
type Waiting = { record: number; node: TreeNode }

/**
 * What an import into such a table must come to, computed in memory: what refers to a row that is
 * not there is tried again and again, as long as that brings anything; then the first that still
 * waits is rejected, and so on. A record never overtakes one of the same id.
 */
export function modelTree(existing: TreeNode[], file: TreeNode[], wanted: Wanted): TreeResult {
  const nodes = new Map(existing.map((node) => [node.id, node]))
  const seen = new Set<number>()
  const own = new Set<number>()
  const counters = noCounters()
  const rejects: [number, string][] = []
  let waiting = tried(file.map((node, at) => ({ record: at + 1, node })))
  for (;;) {
    const [first] = waiting
    if (first === undefined) break
    const left = tried(waiting)
    if (left.length < waiting.length) {
      waiting = left
      continue
    }
    remember(first.node.id)
    refuse(first.record, wanted.operation === 'delete' ? 'TLY-3012' : 'TLY-3005')
    waiting = waiting.slice(1)
  }
  return {
    nodes: [...nodes.values()].sort((a, b) => a.id - b.id),
    counters,
    rejects: rejects.sort(([a], [b]) => a - b),
  }

  /** Tries them in their order, and gives those that wait. */
  function tried(records: Waiting[]): Waiting[] {
    const left: Waiting[] = []
    for (const one of records) {
      const isBehind = left.some(({ node }) => node.id === one.node.id)
      if (isBehind || !settles(one)) left.push(one)
    }
    return left
  }

  function settles({ record, node }: Waiting): boolean {
    const { id } = node
    if (seen.has(id) && wanted.doubles !== 'update') {
      counters.doubles++
      if (wanted.doubles === 'reject') refuse(record, 'TLY-3007')
      else count('ignored')
      return true
    }
    const found = nodes.get(id)
    if (found === undefined) return isNew(node)
    if (wanted.duplicates !== 'update' && !own.has(id)) {
      remember(id)
      counters.duplicates++
      if (wanted.duplicates === 'reject') refuse(record, 'TLY-3008')
      else count('ignored')
      return true
    }
    return wanted.operation === 'delete' ? isDeleted(id) : isUpdated(node, found)
  }

  function isNew(node: TreeNode): boolean {
    const inserts = wanted.operation === 'insert' || wanted.operation === 'insert_or_update'
    if (inserts && !hasParent(node)) return false
    remember(node.id)
    count(inserts ? 'inserted' : 'ignored')
    if (!inserts) return true
    nodes.set(node.id, node)
    own.add(node.id)
    return true
  }

  /** An empty parent leaves the one that is there. */
  function isUpdated(node: TreeNode, found: TreeNode): boolean {
    const next = { ...node, parent: node.parent ?? found.parent }
    if (!hasParent(next)) return false
    remember(node.id)
    const isSame = JSON.stringify(next) === JSON.stringify(found)
    count(isSame ? 'unchanged' : 'updated')
    nodes.set(node.id, next)
    return true
  }

  function isDeleted(id: number): boolean {
    const isHeld = [...nodes.values()].some((node) => node.parent === id && node.id !== id)
    if (isHeld) return false
    remember(id)
    nodes.delete(id)
    count('deleted')
    return true
  }

  function hasParent({ id, parent }: TreeNode): boolean {
    return parent === null || parent === id || nodes.has(parent)
  }

  function remember(id: number): void {
    seen.add(id)
  }

  function count(counter: 'inserted' | 'updated' | 'unchanged' | 'deleted' | 'ignored'): void {
    counters.processed++
    counters[counter]++
    if (counter !== 'ignored') counters.success++
  }

  function refuse(record: number, code: string): void {
    counters.processed++
    counters.rejects++
    counters.errors++
    rejects.push([record, code])
  }
}
