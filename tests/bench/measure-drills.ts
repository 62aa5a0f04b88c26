/** How long it takes to start a drill, and to answer one: the answer, the end and what is due written together. */
import { signUpClient, startSessionDocument } from '../support/graphql-client.ts'
import { inMs, percentile, type Row } from './figures.ts'
import { postJson } from './post-json.ts'

const rounds = 320
/** The first ones pay for plans and compiled code. */
const warmUp = 20

const submitDocument = `mutation ($input: SubmitDrillResponseInput!) { submitDrillResponse(input: $input) { __typename } }`
const questionsDocument = `{ drillQuestions(first: 1) { edges { node { question { id } } } } }`
const text = 'I take the order, ask what the customer wants most, and say what I can do today. '.repeat(10)

/** At a server at this address, with the pack that comes with it. */
export async function measureDrills(url: string): Promise<Row[]> {
  const client = await signUpClient(url)
  const { drillQuestions } = await client.ask(questionsDocument)
  const questionId = drillQuestions.edges[0].node.question.id
  const headers = { origin: url, cookie: client.cookie ?? '' }
  const ask = (query: string, variables: unknown): Promise<string> =>
    postJson(`${url}/graphql`, { query, variables }, headers)
  const [started, submitted]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    const input = { requestId: crypto.randomUUID(), activity: { drill: { questionId } } }
    const start = await timed(() => ask(startSessionDocument, { input }))
    const sessionId = JSON.parse(start.answer).data.startSession.session.id
    const submit = await timed(() => ask(submitDocument, { input: { sessionId, response: { text } } }))
    if (!submit.answer.includes('SubmitDrillResponsePayload')) throw new Error(`not submitted: ${submit.answer}`)
    started.push(start.milliseconds)
    submitted.push(submit.milliseconds)
  }
  return [...toRows('startSession of a drill', started), ...toRows('submitDrillResponse, typed', submitted)]
}

function toRows(what: string, samples: readonly number[]): Row[] {
  const warm = samples.slice(warmUp)
  return [{ what: `${what}, p50 / p99`, figure: `${inMs(percentile(warm, 0.5))} / ${inMs(percentile(warm, 0.99))}` }]
}

async function timed(work: () => Promise<string>): Promise<{ answer: string; milliseconds: number }> {
  const startedAt = performance.now()
  const answer = await work()
  return { answer, milliseconds: performance.now() - startedAt }
}
