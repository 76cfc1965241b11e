import { startStandInModel } from './stand-in-model.ts'

const port = Number(process.env.STAND_IN_PORT ?? 8790)
const model = await startStandInModel(port, { ttft_ms: 300, tokens_per_second: 50 })
console.error(
  `A stand-in for a language model answers at ${model.url} (0.3 s to the first token, 50 tokens a second).`,
)
