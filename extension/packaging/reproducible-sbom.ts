type Dependencies = { ref: string; dependsOn?: string[] }
type Bill = {
  serialNumber: string
  metadata: { timestamp: string; component: { 'bom-ref': string } }
  components: { 'bom-ref': string }[]
  dependencies: Dependencies[]
}

/**
 * The bill of materials that pnpm writes, without what changes with each run: its order, its own number and time, both
 * of which CycloneDX can do without, and which of the workspace's packages asks for something.
 */
export function reproducibleSbom(json: string): string {
  const { serialNumber: _, metadata, components, dependencies, ...bill }: Bill = JSON.parse(json)
  const { timestamp: __, ...rest } = metadata
  const sorted = {
    ...bill,
    metadata: rest,
    components: sortBy(components, (component) => component['bom-ref']),
    dependencies: sortBy(asOne(dependencies, metadata.component['bom-ref']), ({ ref }) => ref),
  }
  return `${JSON.stringify(sorted, null, 2)}\n`
}

/**
 * All that the workspace's own packages ask for, as the whole's. pnpm 12.21 does so for some of them, and for
 * @lectern/shared in one run but not in the next.
 */
function asOne(dependencies: readonly Dependencies[], whole: string): Dependencies[] {
  const isOwn = ({ ref }: Dependencies) => ref === whole || ref.startsWith('pkg:npm/%40lectern/')
  const ofAll = new Set(dependencies.filter(isOwn).flatMap(({ dependsOn = [] }) => dependsOn))
  return dependencies.map((one) => {
    const dependsOn = one.ref === whole ? [...ofAll] : isOwn(one) ? [] : (one.dependsOn ?? [])
    return { ref: one.ref, dependsOn: dependsOn.toSorted() }
  })
}

function sortBy<T>(items: readonly T[], name: (item: T) => string): T[] {
  return items.toSorted((one, other) => (name(one) < name(other) ? -1 : 1))
}
