/** One change for the same field of many records. */
export type RepairRule =
  | { kind: 'replace'; find: string; by: string }
  | { kind: 'fixed'; value: string }
  | { kind: 'empty' }

/** The value that a rule makes of another. */
export function applyRule(rule: RepairRule, value: string): string {
  switch (rule.kind) {
    case 'replace':
      return rule.find === '' ? value : value.replaceAll(rule.find, () => rule.by)
    case 'fixed':
      return rule.value
    case 'empty':
      return ''
  }
}
