import { headerNames } from './learner-header.ts'

const LONGEST_NAME = 80

/** The name of a member of a field, as failures name it: `sections[0].hash`; of the request itself where `field` is empty. */
export function memberName(field: string, name: string): string {
  const short = name.slice(0, LONGEST_NAME).toWellFormed()
  if (field === '') return Object.hasOwn(headerNames, short) ? (headerNames[short] ?? short) : short
  return /^\d+$/.test(short) ? `${field}[${short}]` : `${field}.${short}`
}
