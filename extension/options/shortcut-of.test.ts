import { expect, it } from 'vitest'
import { shortcutOf } from './shortcut-of.ts'

const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false }

it.each([
  [{ key: 'l', code: 'KeyL', altKey: true, shiftKey: true }, 'Alt+Shift+L'],
  [{ key: '¬', code: 'KeyL', altKey: true }, 'Alt+L'],
  [{ key: '7', code: 'Digit7', ctrlKey: true }, 'Ctrl+7'],
  [{ key: 'ArrowUp', code: 'ArrowUp', ctrlKey: true }, 'Ctrl+Up'],
  [{ key: 'F2', code: 'F2' }, 'F2'],
  [{ key: 'Shift', code: 'ShiftLeft', shiftKey: true }, undefined],
  [{ key: 'Escape', code: 'Escape' }, undefined],
])('%j', (keys, shortcut) => expect(shortcutOf({ ...none, ...keys })).toBe(shortcut))
