import { zipSync } from 'fflate'

/** The earliest that a zip can say, in the zone of whoever packs, as zips have it: so it is the same for all. */
const epoch = new Date(1980, 0, 1)

/**
 * A zip of files by their paths. Equal files give equal bytes wherever and whenever it is made: in the order of their
 * paths, with one date, and deflated by a library, since what Node deflates with changes with its version.
 */
export function zipFiles(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const paths = Object.keys(files).sort()
  return zipSync(Object.fromEntries(paths.map((path) => [path, files[path] ?? new Uint8Array()])), {
    level: 9,
    mtime: epoch,
  })
}
