import type { Child } from 'hono/jsx'
import type { JobLiveProps } from '../../../views/job/job-live.tsx'

/** What a tab shows below the head that all share. */
export type TabContent = { content: Child } & Pick<JobLiveProps, 'follow' | 'seen'>
