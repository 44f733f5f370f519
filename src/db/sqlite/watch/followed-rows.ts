import type { Change, RowIdentity } from './triggers.ts'

/** A row that was changed: whether it was there before and is there now, and by what it is found. */
export type FollowedRow = { wasThere: boolean; isThere: boolean; at: RowIdentity }

/** Rows of the table that were changed beside the one that a record is about. */
export type Besides = { inserted: number; updated: number; deleted: number }

/** What is known of the row that a record is about: that it was there, or that it was inserted. */
export type OwnRow = { known?: RowIdentity | undefined; inserted?: RowIdentity | undefined }

/** Follows each row through the changes, however often it was changed or moved. */
export function followRows(changes: Change[], { known, inserted }: OwnRow) {
  const rows: FollowedRow[] = []
  const places = new Map<string, FollowedRow>()
  const add = (at: RowIdentity, wasThere: boolean) => {
    const row = { wasThere, isThere: wasThere, at }
    rows.push(row)
    places.set(nameOf(at), row)
    return row
  }
  // Rows that were changed where they are, and nothing else.
  const still = new Set<FollowedRow>()
  const wanted = inserted && nameOf(inserted)
  let own = known && add(known, true)

  for (const { was, is } of changes) {
    // A row that goes in where another one was took its place.
    const at = was ?? is ?? []
    const met = places.get(nameOf(at))
    const row = met ?? add(at, was !== undefined)
    row.isThere = is !== undefined
    if (was === undefined && nameOf(at) === wanted) own ??= row
    if (was === undefined || is === undefined) continue
    if (nameOf(was) !== nameOf(is)) move(row, nameOf(was), is)
    else if (met === undefined) still.add(row)
  }
  return { rows, own }

  function move(row: FollowedRow, from: string, to: RowIdentity): void {
    const inTheWay = places.get(nameOf(to))
    if (inTheWay !== undefined && inTheWay !== row) {
      // What a foreign key makes of the row itself is told first, and of the place that it moves to.
      if (still.has(inTheWay) && inTheWay.isThere) rows.splice(rows.indexOf(inTheWay), 1)
      else inTheWay.isThere = false
    }
    still.delete(row)
    places.delete(from)
    places.set(nameOf(to), row)
    row.at = to
  }
}

/** What was changed beside the own row, of which `expected` rows more are there now. */
export function besidesOf(
  rows: FollowedRow[],
  own: FollowedRow | undefined,
  expected: number,
): Besides {
  const others = rows.filter((row) => row !== own)
  const count = (was: boolean, is: boolean) =>
    others.filter(({ wasThere, isThere }) => wasThere === was && isThere === is).length
  const rest = own === undefined ? 0 : moreOf(own) - expected
  return {
    inserted: count(false, true) + Math.max(rest, 0),
    updated: count(true, true),
    deleted: count(true, false) + Math.max(-rest, 0),
  }
}

/** How many rows more there are now. */
export function moreOf(...rows: FollowedRow[]): number {
  return rows.reduce((sum, row) => sum + Number(row.isThere) - Number(row.wasThere), 0)
}

function nameOf(identity: RowIdentity): string {
  const names = identity.map((value) =>
    Buffer.isBuffer(value) ? `blob ${value.toString('hex')}` : `${typeof value} ${value}`,
  )
  return JSON.stringify(names)
}
