import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Failure, Site, siteOf } from '@lectern/shared'
import { Compile } from 'typebox/compile'
import { isFailure } from '../src/failure.ts'
import { addSite, removeSite, replaceSite, type SiteChangePorts } from '../src/sites/change-site.ts'
import { checkSite } from '../src/sites/check-site.ts'
import { createSiteRegistry } from '../src/storage/site-registry.ts'
import { createSiteStore } from '../src/storage/site-store.ts'
import { columns } from '../terminal/columns.ts'
import { openCommandDatabase } from './command-database.ts'
import { runCommand, UsageError } from './run-command.ts'

const usage = `Usage: pnpm sites list               lists the whitelist
       pnpm sites add FILE.json      puts a site on the whitelist, or changes the one of its id
       pnpm sites check FILE.json    says what is wrong with a site, and changes nothing
       pnpm sites check URL          says which site an address belongs to
       pnpm sites remove ID          takes a site off the whitelist

A file holds one site as PUT /api/sites takes it: {"id": "rust-book", "name": "The Rust Book",
"patterns": ["https://doc.rust-lang.org/book/*"], "policy": "allow"}`

const siteSchema = Compile(Site)
const BY = 'pnpm sites'

await runCommand(usage, async (args, resources) => {
  const [action = '', subject = '', ...rest] = readArguments(args)
  if (!['list', 'add', 'check', 'remove'].includes(action)) throw new UsageError(`There is no "${action}".`)
  if (rest.length > 0 || (subject === '') !== (action === 'list'))
    throw new UsageError(`"${action}" is called otherwise.`)
  const { config, database } = await openCommandDatabase(resources)
  const store = createSiteStore(database)
  const ports: SiteChangePorts = {
    registry: createSiteRegistry(database),
    store,
    rules: { allowPrivate: config.allowPrivateSites },
    // Running APIs read the whitelist anew each second.
    announce: async () => undefined,
  }
  if (action === 'list') return listOf(await store.list())
  if (action === 'remove')
    return done(await removeSite(ports, subject, BY), `${subject} is off the whitelist.`)
  if (action === 'check' && /^https?:/.test(subject)) return belonging(await store.list(), subject)
  const site = await readSite(subject)
  const known = await store.list()
  if (action === 'check')
    return done(checkSite(site, known, ports.rules), `${subject} is a site as it should be.`)
  const change = known.some(({ id }) => id === site.id) ? replaceSite : addSite
  return done(await change(ports, site, BY), `${site.name} is on the whitelist as "${site.id}".`)
})

function readArguments(args: readonly string[]): string[] {
  try {
    return parseArgs({ args: [...args], allowPositionals: true }).positionals
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

async function readSite(path: string): Promise<Site> {
  const site: unknown = JSON.parse(await readFile(path, 'utf8'))
  if (siteSchema.Check(site)) return site
  const [error] = siteSchema.Errors(site)
  throw new Error(`${path}: ${error?.instancePath || 'the site'} ${error?.message ?? 'is none'}.`)
}

function done(result: object | Failure | undefined, words: string): string {
  if (result !== undefined && isFailure(result)) throw new Error(result.message)
  return words
}

function listOf(sites: readonly Site[]): string {
  if (sites.length === 0) return 'The whitelist is empty: "pnpm sites add FILE.json" puts a site on it.'
  const rows = sites.map(({ id, name, policy, patterns }) => [id, policy, name, patterns.join(' ')])
  return columns([['id', 'policy', 'name', 'patterns'], ...rows])
}

function belonging(sites: readonly Site[], url: string): string {
  const site = siteOf(sites, url)
  return site === undefined
    ? 'No site lists this address.'
    : `This address is of "${site.name}" (${site.id}).`
}
