/** Stands for a sensitive value wherever one is stored or shown; it has no length of its own. */
export const MASK = '***'
