// Preloaded into a process: its SQLite has a function that kills it on the spot, in the midst of a
// statement, as a broken extension or a lack of memory would.
import Sqlite from 'better-sqlite3'

const armed = new WeakSet<Sqlite.Database>()
const { pragma } = Sqlite.prototype

Sqlite.prototype.pragma = function (this: Sqlite.Database, ...given) {
  if (!armed.has(this)) {
    armed.add(this)
    this.function('die', () => process.kill(process.pid, 'SIGKILL'))
  }
  return pragma.apply(this, given)
}
