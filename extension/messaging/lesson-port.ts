/** The name of the port over which a lesson's tab talks to the background. Apart from the schemas, for small scripts. */
export const lessonPort = 'lesson'
