import { fold } from '../../domain/texts/fold.ts'
import type { Job } from '../../domain/jobs/job.ts'

type JobText = Pick<Job, 'label' | 'description' | 'file_name' | 'target_table'>

/** The columns that lists sort and search by; write them together with the job's texts. */
export function searchColumns({ label, description, file_name, target_table }: JobText) {
  const lines = [label, description, file_name, target_table].map(fold)
  // Two more characters at the end, so that every character begins a trigram of the index.
  return { label_key: fold(label), search_text: `${lines.join('\n')}\n\n` }
}
