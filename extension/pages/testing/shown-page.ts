import { act } from 'react'
import { expect } from 'vitest'

/**
 * Polls what a page shows or keeps, while React shows what has changed, until it is as wanted. Nearly all of the time
 * is React's: what another context tells comes at any moment.
 */
export function soon<T>(look: () => T) {
  return expect.poll(
    async () => {
      await act(() => new Promise<void>((resolve) => setTimeout(resolve, 20)))
      return look()
    },
    { interval: 1 },
  )
}

export function find(selector: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(selector)
}

/** Clicks the first element of a selector as soon as it is there. */
export function click(selector: string): Promise<void> {
  return clickWhenThere(() => find(selector))
}

/** Clicks a button by its words or its label, as soon as it is there. */
export function clickButton(label: string): Promise<void> {
  return clickWhenThere(() =>
    [...document.querySelectorAll('button')].find(({ textContent, ariaLabel }) =>
      [textContent, ariaLabel].includes(label),
    ),
  )
}

async function clickWhenThere(there: () => HTMLElement | null | undefined): Promise<void> {
  await soon(there).toBeTruthy()
  await act(async () => there()?.click())
}
