import { expect, test } from 'vitest'
import { allowedCommands, COMMANDS } from '../../../src/domain/states/commands.ts'
import { isOver, JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { targetOf } from '../../../src/domain/states/transitions.ts'

test.each(JOB_STATUSES)('a job that is %s shows the buttons that it obeys', (status) => {
  const buttons = allowedCommands(status)
  for (const event of ['start', 'pause', 'cancel'] as const) {
    expect(buttons.includes(event)).toBe(targetOf(event, status) !== undefined)
  }
  expect(buttons.includes('run_again')).toBe(isOver(status))
  expect(buttons.includes('delete')).toBe(isOver(status) || status === 'editing')
  expect(buttons).toContain('duplicate')
  expect(buttons).toEqual(COMMANDS.filter((command) => buttons.includes(command)))
})

test('the buttons of some statuses are those of the contract', () => {
  expect(allowedCommands('editing')).toEqual(['start', 'duplicate', 'delete'])
  expect(allowedCommands('running')).toEqual(['pause', 'cancel', 'duplicate'])
  expect(allowedCommands('shutting_down')).toEqual(['pause', 'cancel', 'duplicate'])
  expect(allowedCommands('failed')).toEqual(['start', 'cancel', 'run_again', 'duplicate', 'delete'])
})
