/** What gets no score: each refusal with its own code and a sentence that says what to do. The same gates stand before every scorer. */
import { describe, expect, test } from 'vitest'
import { UnscorableError } from '../../../server/evaluation/evaluator.ts'
import { drillInputOf, goodAnswer, judgeLocally, padding, question, thinAnswer } from './drill-input.ts'
import { plainTalk } from '../evaluation-input.ts'

async function refusalOf(answer: string, isSpoken = false): Promise<UnscorableError> {
  const reason: unknown = await judgeLocally(drillInputOf({ answer, isSpoken })).then(
    () => new Error('it was scored'),
    (error: unknown) => error,
  )
  if (reason instanceof UnscorableError) return reason
  throw reason
}

describe('no score, and no second try of the same', () => {
  test.each<[string, string, string, RegExp]>([
    ['nothing', '', 'EMPTY_ANSWER', /no words in your answer/u],
    ['blanks', ' \n\t ', 'EMPTY_ANSWER', /no words/u],
    ['marks alone', '... - !?', 'EMPTY_ANSWER', /no words/u],
    ['what a recogniser adds', '[laughter] [noise]', 'EMPTY_ANSWER', /no words/u],
    ['one word', 'Yes.', 'TOO_LITTLE_SPEECH', /has 1 word, too few.*at least 25; about 140 fit/u],
    ['24 words', goodAnswer.split(' ').slice(0, 24).join(' '), 'TOO_LITTLE_SPEECH', /has 24 words/u],
    ['mashed keys', 'sdfg hjkl qwrt zxcv sdfg lkjh poiu mnbv '.repeat(4), 'GIBBERISH', /makes no sense/u],
    ['one phrase over and over', 'an angry customer '.repeat(40), 'GIBBERISH', /over and over/u],
    [
      'another language',
      'una clienta muy enfadada vino a la tienda porque las botas eran demasiado pequeñas y yo la escuché con mucha calma hasta el final',
      'WRONG_LANGUAGE',
      /not English/u,
    ],
    [
      'another script',
      '有一次一位顾客很生气，因为我们寄错了尺码。我先听她说完，然后道歉，并且马上去找合适的鞋子。',
      'WRONG_LANGUAGE',
      /not English/u,
    ],
    [
      'another subject',
      `${padding} ${plainTalk.join(' ')}`,
      'OFF_TOPIC',
      /Nothing that this question asks for was found/u,
    ],
    ['the question read back', `${question.prompt} `.repeat(5), 'OFF_TOPIC', /repeats the question.*0 words are new/u],
    [
      'the criteria read out',
      `${question.prompt} ${question.evaluationCriteria.join('. ')}. Says why the customer was angry and says what they did. Says how it ended.`,
      'OFF_TOPIC',
      /repeats the question/u,
    ],
    [
      'one sentence said four times',
      `${thinAnswer.split(',')[0]}, she was in the shop in the late afternoon. `.repeat(4),
      'OFF_TOPIC',
      /repeats the question or itself/u,
    ],
  ])('for %s', async (_, answer, code, message) => {
    const error = await refusalOf(answer)
    expect(error).toMatchObject({ code, isRetryable: false })
    expect(error.message).toMatch(message)
  })

  test('who spoke is told to look at what was heard', async () => {
    expect((await refusalOf('sdfg hjkl qwrt zxcv sdfg lkjh poiu mnbv '.repeat(4), true)).message).toMatch(
      /transcript what was heard/u,
    )
  })

  test('no refusal holds what was said', async () => {
    const secret = 'umbrella'
    const answers = [secret, `${padding} ${secret}`, `${secret} `.repeat(60)]
    for (const answer of answers) expect((await refusalOf(answer)).message).not.toContain(secret)
  })
})

describe('a score all the same', () => {
  test.each([
    ['25 words on the topic', goodAnswer.split(' ').slice(0, 25).join(' ')],
    ['a thin answer', thinAnswer],
    ['an answer that opens with the question', `${question.prompt} ${goodAnswer}`],
    [
      'simple English with a slip',
      'The customer she was very angry because her shoe too small. I say sorry sorry. I bring new shoe for her quick. She happy after and she go home and say thank you to me.',
    ],
    ['half English, half another language', `${thinAnswer} y la clienta estaba muy enfadada conmigo pero luego sonrió`],
  ])('for %s', async (_, answer) => {
    await expect(judgeLocally(drillInputOf({ answer }))).resolves.toMatchObject({ overallScore: expect.any(Number) })
  })

  test('a pack without signals or guides refuses what is off the topic, and nothing else', async () => {
    const input = drillInputOf({
      question: { ...question, criteriaSignals: null },
      categories: drillInputOf().categories.map((category) => ({ ...category, signals: [], description: null })),
    })
    await expect(judgeLocally(input)).resolves.toMatchObject({ overallScore: expect.any(Number) })
    await expect(judgeLocally({ ...input, answer: `${padding} ${plainTalk.join(' ')}` })).rejects.toMatchObject({
      code: 'OFF_TOPIC',
    })
  })
})

test('nothing is judged once nobody waits for it', async () => {
  const { createLocalDrillEvaluator } = await import('../../../server/evaluation/drill/local-drill-evaluator.ts')
  const reason = new Error('gone')
  await expect(createLocalDrillEvaluator().evaluate(drillInputOf(), AbortSignal.abort(reason))).rejects.toBe(reason)
})
