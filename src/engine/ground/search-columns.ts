import { fold } from '../../domain/texts/fold.ts'
import type { Job } from '../../domain/jobs/job.ts'

type JobText = Pick<Job, 'label' | 'description' | 'file_name' | 'target_table'>

/** What lists sort and find a job by; it must be written together with what it is made of. */
export function searchColumns({ label, description, file_name, target_table }: JobText) {
  const lines = [label, description, file_name, target_table].map(fold)
  // Behind every character stand two more, so that an index of three characters has a place for it.
  return { label_key: fold(label), search_text: `${lines.join('\n')}\n\n` }
}
