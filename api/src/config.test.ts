import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { readConfig, variables } from './config.ts'

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8787,
      databaseWaitMs: 30_000,
      model: {},
      allowUnlisted: false,
      allowPrivateSites: false,
      answerCacheBytes: 64 * 2 ** 20,
      calls: { perLesson: 40, overall: 200 },
      budgets: {
        limits: { learner: 3_000_000, address: 30_000_000, site: 50_000_000, whole: 100_000_000 },
        prices: { prompt: 0, completion: 0 },
      },
      leaseMs: 10_000,
      rates: { learner: 300, address: 12_000, creation: 1_000 },
      memoryBytes: 2 ** 31,
      stopMs: 10_000,
      retention: { rewrites: 180, learners: 730 },
      trustProxy: false,
      logLevel: 'info',
      corsOrigins: [],
      demo: { port: 8788 },
    })
  })

  it('reads every setting', () => {
    const config = readConfig({
      PORT: '0',
      HOST: '0.0.0.0',
      LECTERN_DATABASE_WAIT_SECONDS: '5',
      OPENAI_API_KEY: 'sk-1',
      OPENAI_BASE_URL: 'https://models.example/v1',
      LLM_MODEL: 'small',
      LECTERN_ALLOW_UNLISTED: '1',
      LECTERN_ANSWER_CACHE_MB: '0',
      LECTERN_CALLS_PER_LESSON: '8',
      LECTERN_CALLS_AT_ONCE: '16',
      LECTERN_LEASE_SECONDS: '3',
      LECTERN_TOKENS_PER_LEARNER: '1_000_000',
      LECTERN_TOKENS_PER_ADDRESS: '0',
      LECTERN_TOKENS_PER_SITE: '2000',
      LECTERN_TOKENS_PER_DAY: '0',
      LECTERN_PRICE_PROMPT: '0.15',
      LECTERN_PRICE_COMPLETION: '6',
      LECTERN_REQUESTS_PER_LEARNER: '60',
      LECTERN_REQUESTS_PER_ADDRESS: '0',
      LECTERN_NEW_LEARNERS_PER_ADDRESS: '30',
      LECTERN_MEMORY_MB: '0',
      LECTERN_STOP_SECONDS: '25',
      LECTERN_KEEP_REWRITES_DAYS: '0',
      LECTERN_KEEP_LEARNERS_DAYS: '400',
      LECTERN_METRICS_PORT: '9464',
      LECTERN_METRICS_HOST: '::1',
      LECTERN_TRUST_PROXY: 'loopback, 10.0.0.0/8',
      LECTERN_DEMO_PORT: '9000',
      LECTERN_DEMO_URL: 'http://localhost:9000/',
      LOG_LEVEL: 'warn',
      CORS_ORIGINS: 'https://a.example, chrome-extension://abcdefgh,',
    })
    expect(config).toEqual({
      host: '0.0.0.0',
      port: 0,
      databaseWaitMs: 5_000,
      model: { apiKey: 'sk-1', baseUrl: 'https://models.example/v1', name: 'small' },
      allowUnlisted: true,
      allowPrivateSites: false,
      answerCacheBytes: 0,
      calls: { perLesson: 8, overall: 16 },
      budgets: { limits: { learner: 1_000_000, site: 2000 }, prices: { prompt: 0.15, completion: 6 } },
      leaseMs: 3000,
      rates: { learner: 60, address: 0, creation: 30 },
      memoryBytes: 0,
      stopMs: 25_000,
      retention: { rewrites: 0, learners: 400 },
      metrics: { host: '::1', port: 9464 },
      trustProxy: ['loopback', '10.0.0.0/8'],
      logLevel: 'warn',
      corsOrigins: ['https://a.example', 'chrome-extension://abcdefgh'],
      demo: { port: 9000, url: 'http://localhost:9000' },
    })
  })

  it('takes an empty setting as unset, as .env.example has them', () => {
    expect(readConfig({ PORT: '', OPENAI_API_KEY: ' ', DATABASE_URL: '' })).toEqual(readConfig({}))
  })

  it.each([
    ['PORT', { PORT: '80800' }],
    ['PORT', { PORT: 'http' }],
    ['LECTERN_STOP_SECONDS', { LECTERN_STOP_SECONDS: '-1' }],
    ['LECTERN_KEEP_LEARNERS_DAYS', { LECTERN_KEEP_LEARNERS_DAYS: 'never' }],
    ['LECTERN_METRICS_PORT', { LECTERN_METRICS_PORT: '99999' }],
    ['OPENAI_API_KEY', { OPENAI_API_KEY: 'sk 1', LLM_MODEL: 'small' }],
    ['OPENAI_BASE_URL', { OPENAI_BASE_URL: 'localhost:1234', LLM_MODEL: 'small' }],
    ['LLM_MODEL', { OPENAI_API_KEY: 'sk-1' }],
    ['LLM_MODEL', { OPENAI_BASE_URL: 'https://models.example/v1' }],
    ['LECTERN_ALLOW_UNLISTED', { LECTERN_ALLOW_UNLISTED: 'yes' }],
    ['LECTERN_ANSWER_CACHE_MB', { LECTERN_ANSWER_CACHE_MB: '64 MB' }],
    ['LECTERN_ALOW_UNLISTED', { LECTERN_ALOW_UNLISTED: '1' }],
    ['LECTERN_CALLS_PER_LESSON', { LECTERN_CALLS_PER_LESSON: '0' }],
    ['LECTERN_TOKENS_PER_SITE', { LECTERN_TOKENS_PER_SITE: 'many' }],
    ['LECTERN_PRICE_PROMPT', { LECTERN_PRICE_PROMPT: '$1' }],
    ['LECTERN_TRUST_PROXY', { LECTERN_TRUST_PROXY: '1' }],
    ['LECTERN_TRUST_PROXY', { LECTERN_TRUST_PROXY: '10.0.0.0/8, all' }],
    ['LECTERN_DEMO_PORT', { LECTERN_DEMO_PORT: '-1' }],
    ['LECTERN_DEMO_URL', { LECTERN_DEMO_URL: 'localhost' }],
    ['LECTERN_DEMO_URL', { LECTERN_DEMO_URL: 'http://localhost/?a=1' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['CORS_ORIGINS', { CORS_ORIGINS: 'https://a.example/' }],
    ['CORS_ORIGINS', { CORS_ORIGINS: '*' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://u:p@host/db' }],
    ['DATABASE_URL', { DATABASE_URL: 'host/db' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://u:p@host/db?sslmode=yes' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://u:p@host/db?sslrootcert=%2Fca.pem' }],
    ['DATABASE_URL', { DATABASE_POOLER: 'transaction' }],
    ['DATABASE_DIRECT_URL', { DATABASE_URL: 'postgres://u:p@host/db', DATABASE_DIRECT_URL: 'x' }],
    ['DATABASE_POOLER', { DATABASE_URL: 'postgres://u:p@host/db', DATABASE_POOLER: 'session' }],
  ])('refuses a wrong %s by name, with what to set', (variable, env) => {
    expect(() => readConfig(env)).toThrow(new RegExp(`^${variable} .*[.:] ?\\S*$`))
  })

  it.each(['postgres//u:secret@host', 'postgres://u:secret@host/db?sslmode=secret'])(
    'never shows a password',
    (url) => {
      const message = messageOf(() => readConfig({ DATABASE_URL: url }))
      expect(message).toContain('DATABASE_URL')
      expect(message).not.toContain('secret')
    },
  )
})

function messageOf(action: () => unknown): string {
  try {
    action()
    return ''
  } catch (error) {
    return String(error)
  }
}

describe('.env.example', () => {
  it('explains every variable in one line, and no other', async () => {
    const text = await readFile(new URL('../../.env.example', import.meta.url), 'utf8')
    const entries = [...text.matchAll(/^# (.+)\n#([A-Z_]+)=/gm)]
    expect(entries.map(([, , name]) => name)).toEqual([...variables])
    expect(entries.filter(([, explanation = '']) => !explanation.endsWith('.'))).toEqual([])
  })
})
