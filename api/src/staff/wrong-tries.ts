import { LRUCache } from 'lru-cache'
import { addressBlock } from '../usage/address-block.ts'

const MOST = 5
const MINUTE_MS = 60_000
/** Of more addresses the ones that tried longest ago are forgotten. */
const MOST_ADDRESSES = 10_000

/** Wrong tokens by block of addresses: five within a minute, then none is looked at until it is over. */
export class WrongTries {
  readonly #tries = new LRUCache<string, { count: number; until: number }>({
    max: MOST_ADDRESSES,
    ttl: MINUTE_MS,
  })

  /** Seconds until this address may try again; 0 when it may now. */
  waitFor(address: string): number {
    const tries = this.#tries.get(blockOf(address))
    if (tries === undefined || tries.count < MOST) return 0
    return Math.max(0, Math.ceil((tries.until - Date.now()) / 1000))
  }

  note(address: string): void {
    const block = blockOf(address)
    const tries = this.#tries.get(block)
    if (tries !== undefined) tries.count += 1
    else this.#tries.set(block, { count: 1, until: Date.now() + MINUTE_MS })
  }
}

function blockOf(address: string): string {
  return addressBlock(address) ?? 'none'
}
