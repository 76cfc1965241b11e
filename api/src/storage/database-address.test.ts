import { describe, expect, it } from 'vitest'
import { readDatabaseConfig } from './database-address.ts'

const neon =
  'postgresql://owner:s3cret@ep-cool-name-123456-pooler.eu-central-1.aws.neon.tech/neondb?sslmode=require&channel_binding=require'

describe('readDatabaseConfig', () => {
  it('takes a URL as Neon gives it: without channel binding, pooled, with the way past the pooler', () => {
    expect(readDatabaseConfig({ DATABASE_URL: neon })).toEqual({
      address: {
        url: 'postgresql://owner:s3cret@ep-cool-name-123456-pooler.eu-central-1.aws.neon.tech/neondb',
        ssl: 'require',
      },
      direct: {
        url: 'postgresql://owner:s3cret@ep-cool-name-123456.eu-central-1.aws.neon.tech/neondb',
        ssl: 'require',
      },
      pooled: true,
    })
  })

  it('connects directly where no pooler is named', () => {
    const address = { url: 'postgres://u:p%40ss@host:5433/db?application_name=x', ssl: 'verify-full' }
    expect(
      readDatabaseConfig({ DATABASE_URL: `${address.url}&sslmode=verify-full&channel_binding=prefer` }),
    ).toEqual({ address, direct: address, pooled: false })
  })

  it('knows no way past a pooler but the one that is given', () => {
    const env = { DATABASE_URL: 'postgres://u:p@pooler/db', DATABASE_POOLER: 'transaction' }
    expect(readDatabaseConfig(env)).toEqual({
      address: { url: env.DATABASE_URL, ssl: 'prefer' },
      pooled: true,
    })
    expect(readDatabaseConfig({ ...env, DATABASE_DIRECT_URL: 'postgres://u:p@db/db' })?.direct).toEqual({
      url: 'postgres://u:p@db/db',
      ssl: 'prefer',
    })
  })

  it.each([
    ['', 'prefer'],
    ['?sslmode=disable', false],
    ['?sslmode=allow', 'prefer'],
    ['?sslmode=prefer', 'prefer'],
    ['?sslmode=require', 'require'],
    ['?sslmode=verify-full', 'verify-full'],
    ['?sslrootcert=system', 'verify-full'],
    ['?sslmode=verify-full&sslrootcert=system', 'verify-full'],
  ])('secures the connection as the URL says: %s', (query, ssl) => {
    expect(readDatabaseConfig({ DATABASE_URL: `postgres://u:p@host/db${query}` })?.address).toEqual({
      url: 'postgres://u:p@host/db',
      ssl,
    })
  })
})
