import type { RowChange, RowIdentity } from './triggers.ts'

/** A changed row: whether it existed before and exists now, and its current identity. */
export type FollowedRow = { wasThere: boolean; isThere: boolean; at: RowIdentity }

/** Numbers of rows of the table changed besides the record's own. */
export type Besides = { inserted: number; updated: number; deleted: number }

/** What is known of the record's own row: the identity of an existing or of an inserted row. */
export type OwnRow = { known?: RowIdentity | undefined; inserted?: RowIdentity | undefined }

/** Follows each row through the changes, however often it was changed or moved. */
export function followRows(changes: RowChange[], { known, inserted }: OwnRow) {
  const rows: FollowedRow[] = []
  const places = new Map<string, FollowedRow>()
  const add = (at: RowIdentity, wasThere: boolean) => {
    const row = { wasThere, isThere: wasThere, at }
    rows.push(row)
    places.set(nameOf(at), row)
    return row
  }
  // Rows that were only changed in place.
  const still = new Set<FollowedRow>()
  const wanted = inserted && nameOf(inserted)
  let own = known && add(known, true)

  for (const { was, is } of changes) {
    // A row inserted where another one was has replaced it.
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
      // A foreign key's change of the row itself comes first, and names the identity it moves to.
      if (still.has(inTheWay) && inTheWay.isThere) rows.splice(rows.indexOf(inTheWay), 1)
      else inTheWay.isThere = false
    }
    still.delete(row)
    places.delete(from)
    places.set(nameOf(to), row)
    row.at = to
  }
}

/** Changes besides the own row, whose count is expected to change by `expected`. */
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

/** The change in the number of rows. */
export function moreOf(...rows: FollowedRow[]): number {
  return rows.reduce((sum, row) => sum + Number(row.isThere) - Number(row.wasThere), 0)
}

function nameOf(identity: RowIdentity): string {
  const names = identity.map((value) =>
    Buffer.isBuffer(value) ? `blob ${value.toString('hex')}` : `${typeof value} ${value}`,
  )
  return JSON.stringify(names)
}
