import { startStandInModel } from '../load/stand-in-model.ts'

// In a process of its own, as a model server is; its pace is set over HTTP.
const model = await startStandInModel()
process.send?.({ url: model.url })
process.once('disconnect', () => void model.close().then(() => process.exit()))
