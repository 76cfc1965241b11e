/** What of a key event says which keys were pressed. */
export type PressedKeys = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>

const named: Record<string, string> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ' ': 'Space',
  ',': 'Comma',
  '.': 'Period',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Insert: 'Insert',
  Delete: 'Delete',
}

/** Pressed keys as the commands API writes them ("Ctrl+Shift+L"); nothing while no more than modifiers are down. */
export function shortcutOf({
  key,
  code,
  ctrlKey,
  altKey,
  shiftKey,
  metaKey,
}: PressedKeys): string | undefined {
  // By the place on the keyboard: Alt makes other signs of letters on some.
  const letter = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]
  const main = letter ?? named[key] ?? (/^F([1-9]|1[0-9])$/.test(key) ? key : undefined)
  if (main === undefined) return undefined
  const modifiers = [metaKey && 'Command', ctrlKey && 'Ctrl', altKey && 'Alt', shiftKey && 'Shift']
  return [...modifiers.filter((one) => one !== false), main].join('+')
}
