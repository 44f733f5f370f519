/** What an operator may be allowed to do. The rights to import and to export are named as the types of jobs. */
export const RIGHTS = ['view', 'import', 'export', 'administer'] as const

export type Right = (typeof RIGHTS)[number]
