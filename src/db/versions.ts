import type { MigrationProvider } from 'kysely/migration'
import * as jobs from '../../migrations/0001_jobs.ts'
import * as console from '../../migrations/0002_console.ts'
import * as deaths from '../../migrations/0003_deaths.ts'
import * as removals from '../../migrations/0004_removals.ts'
import * as orders from '../../migrations/0005_orders.ts'
import * as results from '../../migrations/0006_results.ts'
import * as postponed from '../../migrations/0007_postponed.ts'
import * as imports from '../../migrations/0008_imports.ts'
import * as verify from '../../migrations/0009_verify.ts'
import * as clock from '../../migrations/0010_clock.ts'
import * as progress from '../../migrations/0012_progress.ts'
import * as list from '../../migrations/0013_list.ts'
import * as forms from '../../migrations/0014_forms.ts'
import * as withRejects from '../../migrations/0015_with_rejects.ts'
import * as workers from '../../migrations/0016_workers.ts'
import * as dryRun from '../../migrations/0017_dry_run.ts'
import * as runs from '../../migrations/0018_runs.ts'
import * as sessions from '../../migrations/0019_sessions.ts'
import * as textSearch from '../../migrations/0020_text_search.ts'
import * as priorities from '../../migrations/0021_priorities.ts'
import * as files from '../../migrations/0025_files.ts'
import * as repairs from '../../migrations/0030_repairs.ts'
import * as trials from '../../migrations/0040_trials.ts'
import * as filtered from '../../migrations/0060_filtered.ts'
import * as moves from '../../migrations/0062_moves.ts'
import * as templates from '../../migrations/0064_templates.ts'
import * as masked from '../../migrations/0075_masked.ts'
import * as formHolder from '../../migrations/0086_form_holder.ts'
import * as tally from '../../migrations/0087_tally.ts'
import * as shortTexts from '../../migrations/0088_short_texts.ts'

/** The migrations, from the oldest to the newest. */
export const MIGRATIONS: MigrationProvider = {
  getMigrations: () =>
    Promise.resolve({
      '0001_jobs': jobs,
      '0002_console': console,
      '0003_deaths': deaths,
      '0004_removals': removals,
      '0005_orders': orders,
      '0006_results': results,
      '0007_postponed': postponed,
      '0008_imports': imports,
      '0009_verify': verify,
      '0010_clock': clock,
      '0012_progress': progress,
      '0013_list': list,
      '0014_forms': forms,
      '0015_with_rejects': withRejects,
      '0016_workers': workers,
      '0017_dry_run': dryRun,
      '0018_runs': runs,
      '0019_sessions': sessions,
      '0020_text_search': textSearch,
      '0021_priorities': priorities,
      '0025_files': files,
      '0030_repairs': repairs,
      '0040_trials': trials,
      '0060_filtered': filtered,
      '0062_moves': moves,
      '0064_templates': templates,
      '0075_masked': masked,
      '0086_form_holder': formHolder,
      '0087_tally': tally,
      '0088_short_texts': shortTexts,
    }),
}
