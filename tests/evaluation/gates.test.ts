import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { UnscorableError } from '../../server/evaluation/evaluator.ts'
import { passGates } from '../../server/evaluation/gates.ts'
import { metricsOf, plainTalk, segmentsOf } from './evaluation-input.ts'
import { labelledTranscripts } from './labelled-transcripts.ts'

function codeOf(texts: readonly string[], seconds = 60): string {
  try {
    passGates({ segments: segmentsOf(texts), metrics: metricsOf({ learnerSpeechSeconds: seconds }) })
    return 'passes'
  } catch (error) {
    if (error instanceof UnscorableError) return error.code
    throw error
  }
}

describe('too little speech', () => {
  const words = (count: number): string[] => [plainTalk.join(' ').split(' ').slice(0, count).join(' ')]

  test('under 20 s and under 75 words there is no result, and the learner is told how much there was', () => {
    const segments = segmentsOf(words(74))
    const metrics = metricsOf({ learnerSpeechSeconds: 19.9 })
    expect(() => passGates({ segments, metrics })).toThrow(/You spoke for 19 s, with 74 words of your own/u)
  })

  test('20 s are enough for pace and pauses alone', () => {
    const evidence = passGates({ segments: segmentsOf(words(10)), metrics: metricsOf({ learnerSpeechSeconds: 20 }) })
    expect(evidence.hasEnoughSpeech).toBe(true)
    expect(evidence.withheld.map(({ measure }) => measure)).toEqual(['accuracy', 'grammar', 'vocabulary', 'coherence'])
  })

  test('75 words are enough for the words alone', () => {
    const evidence = passGates({ segments: segmentsOf(words(75)), metrics: metricsOf({ learnerSpeechSeconds: 19 }) })
    expect(evidence.hasEnoughWords).toBe(true)
    expect(evidence.withheld.map(({ measure }) => measure)).toEqual(['fluency'])
  })

  test('what was matched from cards is no failure: it is withheld, and why is said', () => {
    const evidence = passGates({ segments: segmentsOf(plainTalk, 'MATCHED'), metrics: metricsOf() })
    expect(evidence.ownWords).toEqual([])
    expect(evidence.withheld.find(({ measure }) => measure === 'vocabulary')?.reason).toMatch(/reply cards/u)
  })

  test('the partner is not the learner', () => {
    const segments = segmentsOf(plainTalk).map((segment) => ({ ...segment, speaker: 'PARTNER' as const }))
    expect(() => passGates({ segments, metrics: metricsOf({ learnerSpeechSeconds: 0 }) })).toThrow(UnscorableError)
  })

  test('nothing measured and nothing said is too little', () => {
    expect(() => passGates({ segments: [], metrics: metricsOf({ learnerSpeechSeconds: null }) })).toThrow(
      expect.objectContaining({ code: 'TOO_LITTLE_SPEECH', isRetryable: false }),
    )
  })
})

describe('other languages', () => {
  test.each([
    [
      'Spanish',
      'me llamo carlos y vivo en una ciudad pequeña cerca del mar y los domingos salgo con mis amigos a la playa',
    ],
    [
      'French',
      'je m’appelle marie et j’habite dans une petite ville près de la mer et le dimanche je sors avec mes amis',
    ],
    [
      'German',
      'ich heiße anna und wohne in einer kleinen stadt am meer und am sonntag gehe ich mit meinen freunden spazieren',
    ],
    [
      'Portuguese',
      'eu moro em uma cidade pequena perto do mar e no domingo saio com os meus amigos para andar na praia',
    ],
    [
      'Italian',
      'abito in una piccola città vicino al mare e la domenica esco con i miei amici a camminare sulla spiaggia',
    ],
    [
      'Dutch',
      'ik woon in een kleine stad dicht bij de zee en op zondag ga ik met mijn vrienden op het strand wandelen',
    ],
    ['Swedish', 'jag bor i en liten stad nära havet och på söndagar går jag med mina vänner på stranden och badar'],
    [
      'Turkish',
      'benim adım ali ve denize yakın küçük bir şehirde yaşıyorum annemin yemeklerini çok seviyorum ve pazar günü arkadaşlarımla sahilde yürüyorum',
    ],
    [
      'Polish',
      'mieszkam w małym mieście blisko morza bardzo lubię jedzenie mojej mamy a w niedzielę chodzę z przyjaciółmi na plażę i gramy w piłkę',
    ],
    [
      'Indonesian',
      'saya tinggal di kota kecil dekat laut saya suka makanan ibu saya dan pada hari minggu saya berjalan di pantai',
    ],
    ['Pinyin', 'wo jiao li ming wo zhu zai yi ge xiao cheng shi wo hen xi huan wo ma ma zuo de cai'],
    ['Chinese', '我叫李明，我住在一个小城市，我很喜欢我妈妈做的菜，周日我和朋友去海边散步。'],
    ['Arabic', 'اسمي عمر وأعيش في مدينة صغيرة قرب البحر وأحب طعام أمي كثيرا'],
    ['Russian', 'меня зовут анна я живу в маленьком городе у моря и в воскресенье гуляю с друзьями'],
  ])('%s is not judged as English', (_, text) => {
    expect(codeOf([text])).toBe('WRONG_LANGUAGE')
  })

  test('half English, half another language passes: learners help themselves so', () => {
    expect(
      codeOf(['I live in a small city near the sea y los domingos salgo con mis amigos a caminar por la playa']),
    ).toBe('passes')
  })
})

describe('gibberish', () => {
  test.each([
    [
      'mashed keys',
      'sdfg hjkl qwrt zxcv sdfg lkjh poiu mnbv hjkl sdfg wert yuio dfgh cvbn sdfg hjkl qwrt zxcv vbnm fghj',
    ],
    ['a recogniser that hears words in noise', 'Thank you. '.repeat(30)],
    ['one syllable', 'la '.repeat(60)],
  ])('%s is told as such', (_, text) => {
    expect(codeOf([text])).toBe('GIBBERISH')
  })
})

describe('real speech is not refused', () => {
  test.each([
    [
      'a beginner with names',
      'hello my name is Nguyen I am from Hanoi Vietnam. I like pho and banh mi. my mother cook good. my brother name Tuan he student. Saturday I go market Dong Xuan buy fish and rice.',
    ],
    [
      'single words',
      'Yes. No. Pizza. I like pizza. Monday Tuesday Wednesday. Red blue green. I have cat dog. Father mother sister brother.',
    ],
    [
      'a pattern said over',
      [
        'apples',
        'bananas',
        'my mother',
        'football',
        'music',
        'fish',
        'Sunday',
        'my cat',
        'the sea',
        'red',
        'bread',
        'tea',
      ]
        .map((what) => `I like ${what}.`)
        .join(' '),
    ],
    [
      'numbers',
      'I have 2 brothers and 3 sisters, I was born in 1998, and my flat has number 14. My bus is the 27 and it costs 3 euros.',
    ],
    [
      'fillers and repairs',
      'um I I think er that that is um good because er you know um it is it is er near my my house um and I I like it',
    ],
    [
      'capitals',
      'THE KIDS REALLY LIKE THE DOGS AND THIS IS A PRETTY GOOD PLACE TO START ONE OF THE BEST IN THE WORLD I THINK',
    ],
  ])('%s', (_, text) => {
    expect(codeOf([text])).toBe('passes')
  })

  test.each(labelledTranscripts)('a written transcript: $name', ({ segments }) => {
    expect(codeOf(segments.map(({ text }) => text))).toBe('passes')
  })

  const folder = process.env['PARLEY_TEST_SPEECH_DIR'] ?? ''
  test.skipIf(folder === '')('every run of 20 words and more that real learners said (PARLEY_TEST_SPEECH_DIR)', () => {
    const lines = readFileSync(path.join(folder, 'transcripts.tsv'), 'utf8').trim().split('\n').slice(1)
    const words = lines.flatMap((line) => (line.split('\t')[1] ?? '').split(' '))
    const runs = [20, 40, 75, 150].flatMap((length) =>
      Array.from({ length: words.length - length }, (__, start) => words.slice(start, start + length).join(' ')),
    )
    expect(runs.length).toBeGreaterThan(1_000)
    expect(runs.filter((run) => codeOf([run]) !== 'passes')).toEqual([])
  })
})
