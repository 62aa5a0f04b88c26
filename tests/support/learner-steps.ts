/** What a learner does on the pages, by what a person would look for. */
import type { Page } from 'playwright-core'

let learners = 0

/** From the first page to the topics. */
export async function signUpOnPage(page: Page): Promise<void> {
  learners += 1
  await page.goto('/')
  await page.getByLabel('Name').fill('Ana')
  await page.getByLabel('Email').fill(`ana-${learners}@example.org`)
  await page.getByLabel('Password').fill('a good password')
  await page.getByRole('button', { name: /create/i }).click()
  await page.getByRole('heading', { name: /What shall we/ }).waitFor()
}

/** From the topics to the microphone check. */
export async function pickTopic(page: Page, title: string): Promise<void> {
  await page.getByLabel('Search topics').fill(title)
  await page
    .getByRole('link', { name: new RegExp(title) })
    .first()
    .click()
}

/** The partner has stopped: what is said now is an answer, not an interruption. */
export async function hearPartnerOut(page: Page): Promise<void> {
  await page
    .getByRole('status')
    .getByText(/^(Your turn|The talk is over)$/)
    .waitFor({ state: 'attached' })
}

export interface StoredSegment {
  speaker: 'LEARNER' | 'PARTNER'
  text: string
  startMs: number
  endMs: number
  sequence: number
  final: boolean
}

export interface StoredSession {
  recording: { url: string; startMs: number; durationSeconds: number }
  transcript: { segments: StoredSegment[] }
}

/** The session whose page this is, as the server holds it. */
export async function readStoredSession(page: Page): Promise<StoredSession> {
  const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '')
  const query = `query ($id: ID!) { session(id: $id) { recording { url startMs durationSeconds } transcript { segments { speaker text startMs endMs sequence final } } } }`
  return page.evaluate(
    async (body) => {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      const answer = (await response.json()) as { data: { session: StoredSession } }
      return answer.data.session
    },
    JSON.stringify({ query, variables: { id } }),
  )
}
