import { readFiles } from './read-files.ts'

/** What the packages are made of: neither tests nor the API, of which only the lock file wants to know. */
const sources = {
  include: [
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'tsconfig.json',
    'wxt.config.ts',
    'LICENSE',
    'PRIVACY.md',
    'api/package.json',
    '{extension,shared}/**/*.{ts,tsx,css,html,json,png,svg}',
  ],
  exclude: [
    '**/node_modules/**',
    '**/.*/**',
    '**/*.test.{ts,tsx}',
    'extension/{e2e,store}/**',
    'extension/extraction/{measure,saved-pages,typeset-pages}/**',
    '**/{fixtures,testing}/**',
  ],
}

/** The files of the sources package, with a note for reviewers on how the packages come of them. */
export async function sourceFiles(root: string, apiUrl: string): Promise<Record<string, Uint8Array>> {
  return { ...(await readFiles(root, sources)), 'README.md': Buffer.from(reviewersNote(apiUrl)) }
}

/** @param apiUrl the address that the packages were built with */
function reviewersNote(apiUrl: string): string {
  return `# Building Lectern's extension from these sources

On Linux, macOS or Windows with Node 18 or later, npm and a network:

\`\`\`sh
LECTERN_API_URL=${apiUrl} npx -y pnpm@12 package
\`\`\`

This first installs what the lock file names, Node 26.10.0 for the build among it. Then it makes in \`.output/\`, with
the same bytes as the packages that were handed in:

- \`lectern-VERSION-firefox.zip\` and \`lectern-VERSION-chrome.zip\`
- \`lectern-VERSION-sources.zip\`: these sources
- \`lectern-VERSION-sbom.json\`: all dependencies with their licences (CycloneDX)

It prints the SHA-256 of each. The code is TypeScript; WXT and Vite bundle and minify it. The only change to another's
code is in \`extension/packaging/without-markup.ts\`: it takes from React what writes \`innerHTML\`, which nothing here
uses.
`
}
