import { matchesPath } from '@lectern/shared'
import type { RobotGroup } from '../storage/site-documents.ts'
import { usagePreference } from './usage-preference.ts'

/** The name by which a robots.txt can mean Lectern. */
const ownName = 'lectern'
/**
 * Agents that give a page to a model because a reader asks, as Lectern does; by their makers' lists of November 2026.
 * Crawlers that train (GPTBot, ClaudeBot, CCBot, Google-Extended) or index do something else, and `*` means crawlers:
 * a lesson is in its reader's browser already.
 */
const readersAgents: readonly string[] = [
  'chatgpt-user',
  'claude-user',
  'duckassistbot',
  'meta-externalfetcher',
  'mistralai-user',
  'perplexity-user',
]
const most = { groups: 10, rules: 100, path: 300 } as const

type Line = { name: string; value: string }

/**
 * What a robots.txt says that can concern a rewrite: the group of Lectern, if it has one; else the groups of agents
 * that do alike, and everybody's preferences (RFC 9309; draft-ietf-aipref-attach for `Content-Usage`).
 */
export function robotGroupsOf(text: string): RobotGroup[] {
  const groups = readGroups(text)
  const own = groups.get(ownName)
  const alike = readersAgents.map((name) => groups.get(name) ?? [])
  const all = own === undefined ? [...alike, ...onlyUsage(groups.get('*'))] : [own]
  return all.filter((rules) => rules.length > 0).slice(0, most.groups)
}

/** By the name of each agent, in lower case; lines before the first one are everybody's. */
function readGroups(text: string): Map<string, RobotGroup> {
  const groups = new Map<string, RobotGroup>([['*', []]])
  let agents = ['*']
  let isNaming = false
  for (const { name, value } of linesOf(text)) {
    if (name === 'user-agent') {
      const agent = value.toLowerCase()
      agents = [...(isNaming ? agents : []), agent]
      groups.set(agent, groups.get(agent) ?? [])
      isNaming = true
      continue
    }
    isNaming = false
    const rule = ruleOf(name, value)
    if (rule === undefined) continue
    for (const agent of agents) {
      const rules = groups.get(agent) ?? []
      if (rules.length < most.rules) groups.set(agent, [...rules, rule])
    }
  }
  return groups
}

function linesOf(text: string): Line[] {
  return text.split(/[\r\n]+/).flatMap((line) => {
    const [, name, value] = /^\s*([A-Za-z-]+)\s*:\s*([^#]*)/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : { name: name.toLowerCase(), value: value.trim() }
  })
}

function ruleOf(name: string, value: string): RobotGroup[number] | undefined {
  if (name === 'allow' || name === 'disallow')
    return value === '' || value.length > most.path ? undefined : { kind: name, path: value }
  if (name !== 'content-usage' && name !== 'content-signal') return undefined
  const [, path = '/', preferences = ''] = /^(\/\S*)?\s*(.*)$/.exec(value) ?? []
  const preference = usagePreference(preferences)
  if (preference === undefined || path.length > most.path) return undefined
  return { kind: preference, path }
}

function onlyUsage(rules: RobotGroup = []): RobotGroup[] {
  return [rules.filter(({ kind }) => kind === 'against' || kind === 'for')]
}

/** Whether any group is against the use of a page; in each, the longest path decides, and allowing where two are. */
export function robotsDecline(groups: readonly RobotGroup[], pageUrl: string): boolean {
  const { pathname, search } = new URL(pageUrl)
  return groups.some(
    (rules) =>
      isLast(rules, pathname + search, 'disallow', 'allow') ||
      isLast(rules, pathname + search, 'against', 'for'),
  )
}

type Kind = RobotGroup[number]['kind']

function isLast(rules: RobotGroup, path: string, no: Kind, yes: Kind): boolean {
  const longest = (kind: Kind) =>
    Math.max(
      -1,
      ...rules
        .filter((rule) => rule.kind === kind && matches(rule.path, path))
        .map((rule) => rule.path.length),
    )
  return longest(no) > longest(yes)
}

/** A path of RFC 9309: the beginning of an address, with `*` for any characters and `$` for its end. */
function matches(rule: string, path: string): boolean {
  const [pattern, ends] = rule.endsWith('$') ? [rule.slice(0, -1), true] : [rule, false]
  return matchesPath(ends ? pattern : `${pattern}*`, path)
}
