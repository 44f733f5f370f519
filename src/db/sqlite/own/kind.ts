import type { DatabaseKind } from '../../kind.ts'
import { isTextIndexed } from './check-job-text.ts'
import { findText } from './job-text.ts'
import { missingParts } from './missing-parts.ts'

export const SQLITE: DatabaseKind = { findText, isTextIndexed, missingParts }
