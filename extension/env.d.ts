interface ImportMetaEnv {
  /** The API's address unless the learner sets another: build variable LECTERN_API_URL. */
  readonly LECTERN_API_URL: string
  /** Whether this is the try-out variant, in which pages of localhost are granted at install. */
  readonly LECTERN_LOCALHOST: boolean
  /** Whether this is the bench's build, which marks how far it is. */
  readonly LECTERN_MARKS: boolean
}

interface ImportMeta {
  readonly env: ImportMetaEnv
}
