import type { ErrorPolicy } from '../../../domain/specification/fields/error-policy.ts'
import type { Message } from '../../../domain/words/messages.ts'

/** A value that is not in the format of its field, with the policy for it if not the field's. */
export class UnreadValue {
  readonly message: Message
  readonly policy: ErrorPolicy | undefined

  constructor(message: Message, policy: ErrorPolicy | undefined) {
    this.message = message
    this.policy = policy
  }
}
