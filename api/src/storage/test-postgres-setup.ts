import type { TestProject } from 'vitest/node'
import { startTestPostgres } from './test-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL for the tests of this run; make a database in it by `createDatabase`. */
    postgresUrl: string
  }
}

/** Vitest's globalSetup: one PostgreSQL for a run, ended after it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startTestPostgres()
  project.provide('postgresUrl', url)
  return stop
}
