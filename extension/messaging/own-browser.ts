/**
 * The browser's interface to extensions, in place of `@wxt-dev/browser`, which takes `globalThis.browser` wherever its
 * `runtime.id` is something. In Chromium a page's elements are names on the window of a content script too, so a
 * `<form id="browser"><input name="runtime" id="x"></form>` was taken for it, and no tabs came (seen in Chromium 156).
 * What the browser itself gives is the window's own.
 */
const world = globalThis as unknown as Record<'browser' | 'chrome', unknown>

export const browser = Object.hasOwn(world, 'browser') ? world.browser : world.chrome
