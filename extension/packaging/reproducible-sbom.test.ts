import { expect, it } from 'vitest'
import { reproducibleSbom } from './reproducible-sbom.ts'

const whole = 'pkg:npm/lectern@1.0.0'
const shared = 'pkg:npm/%40lectern/shared@1.0.0'

function bill(run: number, components: string[], dependencies: Record<string, string[]>): string {
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    serialNumber: `urn:uuid:${run}`,
    metadata: { timestamp: `2026-01-0${run}`, component: { 'bom-ref': whole } },
    components: components.map((ref) => ({ 'bom-ref': ref })),
    dependencies: Object.entries(dependencies).map(([ref, dependsOn]) => ({ ref, dependsOn })),
  })
}

it('is the same for two runs of pnpm, whichever of the workspace’s packages comes first', () => {
  const first = bill(1, ['b', shared, 'a'], { [whole]: ['a', shared], [shared]: ['b'], b: ['a'], a: [] })
  const second = bill(2, [shared, 'a', 'b'], { a: [], b: ['a'], [shared]: [], [whole]: ['b', shared, 'a'] })
  const said = reproducibleSbom(first)
  expect(said).toBe(reproducibleSbom(second))
  expect(JSON.parse(said)).toEqual({
    bomFormat: 'CycloneDX',
    metadata: { component: { 'bom-ref': whole } },
    components: [{ 'bom-ref': 'a' }, { 'bom-ref': 'b' }, { 'bom-ref': shared }],
    dependencies: [
      { ref: 'a', dependsOn: [] },
      { ref: 'b', dependsOn: ['a'] },
      { ref: shared, dependsOn: [] },
      { ref: whole, dependsOn: ['a', 'b', shared] },
    ],
  })
})
