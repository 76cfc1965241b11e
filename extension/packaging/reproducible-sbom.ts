type Bill = {
  serialNumber: string
  metadata: { timestamp: string }
  components: { 'bom-ref': string }[]
  dependencies: { ref: string; dependsOn?: string[] }[]
}

/**
 * The bill of materials that pnpm writes, without what changes with each run: its order, and its own number and time,
 * both of which CycloneDX can do without.
 */
export function reproducibleSbom(json: string): string {
  const { serialNumber: _, metadata, components, dependencies, ...bill }: Bill = JSON.parse(json)
  const { timestamp: __, ...rest } = metadata
  const sorted = {
    ...bill,
    metadata: rest,
    components: sortBy(components, (component) => component['bom-ref']),
    dependencies: sortBy(dependencies, ({ ref }) => ref).map(({ dependsOn = [], ...dependency }) => ({
      ...dependency,
      dependsOn: dependsOn.toSorted(),
    })),
  }
  return `${JSON.stringify(sorted, null, 2)}\n`
}

function sortBy<T>(items: readonly T[], name: (item: T) => string): T[] {
  return items.toSorted((one, other) => (name(one) < name(other) ? -1 : 1))
}
