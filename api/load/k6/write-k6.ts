import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plan } from '../scenarios/plan.ts'
import { k6PlanOf } from './k6-plan.ts'

const script = fileURLToPath(new URL('./lectern.ts', import.meta.url))

/** Writes a plan with the script that plays it into a folder which k6 needs alone; gives the command. */
export async function writeK6(folder: string, plan: Plan): Promise<string> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'plan.json'), JSON.stringify(k6PlanOf(plan)))
  await copyFile(script, join(folder, 'lectern.ts'))
  return `k6 run -e API=http://localhost:8787 ${join(folder, 'lectern.ts')}`
}
