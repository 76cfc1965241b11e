import { markStage } from './mark-stage.ts'

/** Imported first: what is marked here comes before the rest of a script is evaluated. */
markStage('view_loaded')
