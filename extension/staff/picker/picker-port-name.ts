/** Apart from the schemas: a content script has no room for them. */
export const pickerPort = 'staff-picker'
