import type { Child } from 'hono/jsx'
import type { JobLiveProps } from '../../../views/job/job-live.tsx'

/** A tab's content below the shared page head. */
export type TabContent = { content: Child } & Pick<JobLiveProps, 'follow' | 'seen'>
