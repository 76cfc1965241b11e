/** The first version that runs this TypeScript as it is and has what the tools need. */
const FIRST_MAJOR = 24

/** Throws a sentence where the pinned Node could not be installed and an older one of the system runs this. */
export function checkNode(version: string = process.versions.node): void {
  if (Number(version.split('.')[0]) >= FIRST_MAJOR) return
  throw new Error(
    `This runs on Node ${version}, but ${FIRST_MAJOR} or later is needed, which the install should have brought. ` +
      'Run "npx -y pnpm@12 install --force" and read its warnings, or install a current Node.',
  )
}
