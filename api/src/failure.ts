import { type Failure, type FailureCode, failureCodes } from '@lectern/shared'

/** An expected failure as data; `detail` names the field or the cause. */
export function failure(error: FailureCode, message: string, detail?: string): Failure {
  return { error, message, ...(detail !== undefined && { detail }) }
}

/** Whether a use case's answer, or a body to be sent, is a failure. */
export function isFailure(value: unknown): value is Failure {
  return (
    typeof value === 'object' &&
    value !== null &&
    'error' in value &&
    (failureCodes as readonly unknown[]).includes(value.error)
  )
}
