/** A small topic for tests: eight questions, three branchings, slots, variants and a glossary. */
import { parseTopicFile, type Topic } from '../../server/partner/topic.ts'

export const SAMPLE_FILE = 'a1-sample.json'

/** The file's content, anew for every call, to be changed and written. */
export function makeSampleFile() {
  const plain = (id: string, next: string, ask: string) => ({
    id,
    ask,
    simpler: `Yes or no? ${ask}`,
    next,
    replies: [
      { text: 'Yes, I do.', reaction: 'Very good.' },
      { text: 'I am not so happy about it.', reaction: 'Oh, I see.' },
      { text: 'Maybe, but not today.', reaction: 'Then another day.' },
    ] as {
      text: string
      reaction: string
      next?: string
      recap?: string
      variants?: { text: string; note: string }[]
    }[],
  })
  const turns = [
    plain('1-from', '2-food', 'Where do you come from?'),
    plain('2-food', '3-like', 'What do you eat in the morning?'),
    plain('2-city', '3-like', 'Is your city big?'),
    plain('3-like', '4-bread', 'Do you like {country|your country}?'),
    plain('4-bread', '5-time', 'Do you buy your bread?'),
    plain('4-soup', '5-time', 'Do you make your soup?'),
    plain('5-time', '6-work', 'When do you get up?'),
    plain('6-work', '7-friends', 'Do you like your work?'),
    plain('6-home', '7-friends', 'Do you like your home?'),
    plain('7-friends', '8-last', 'Do you see your friends?'),
    plain('8-last', 'end', 'Do you want to talk again?'),
  ]
  const first = turns[0]
  if (!first) throw new Error('no turns')
  first.simpler = 'Your country: what is its name?'
  first.replies = [
    {
      text: 'I come from {country}.',
      reaction: '{country}! What a nice place.',
      recap: 'you come from {country}',
      variants: [{ text: 'I coming from {country}.', note: 'We say “I come”.' }],
    },
    { text: 'I live in the city of {city}.', reaction: 'Oh, {city}!', next: '2-city', recap: 'you live in {city}' },
    { text: 'I would rather not say.', reaction: 'No problem.' },
  ]
  const [, food, , like, , , time] = turns
  if (!food || !like || !time) throw new Error('no turns')
  food.replies = [
    {
      text: 'I eat bread with cheese.',
      reaction: 'That is a good breakfast.',
      recap: 'you eat bread',
      variants: [
        { text: 'I am eat bread with cheese.', note: 'We say “I eat”, without “am”.' },
        { text: 'I eating bread with cheese.', note: 'We say “I eat” for what we do every day.' },
      ],
    },
    { text: 'I have rice or soup.', reaction: 'Something hot!', recap: 'you eat rice' },
    { text: "I don't eat in the morning.", reaction: 'Not hungry?', recap: "you don't eat in the morning" },
  ]
  like.replies = like.replies.map((reply, index) => (index === 1 ? { ...reply, next: '4-soup' } : reply))
  time.replies = [
    {
      text: 'I get up at {time}.',
      reaction: 'At {time}? That is early.',
      next: '6-home',
      recap: 'you get up at {time}',
      variants: [
        { text: 'I am get up at {time}.', note: 'We say “I get up”, without “am”.' },
        { text: 'I get up in {time}.', note: 'With a time we say “at”.' },
      ],
    },
    { text: 'My mother wakes me.', reaction: 'She is a good mother.', recap: 'your mother wakes you' },
    { text: 'I never know.', reaction: 'Every day is new.', recap: 'you get up when you like' },
  ]
  for (const turn of turns.slice(7))
    turn.replies = turn.replies.map((reply, index) => (index === 0 ? { ...reply, recap: 'you do' } : reply))
  const friends = turns[9]
  if (friends?.replies[0]) friends.replies[0].variants = [{ text: 'Yes, I am do.', note: 'We say “I do”.' }]
  return {
    key: 'a1-sample',
    title: 'A sample',
    level: 'A1',
    promptHint: 'Say where you come from and what you eat.',
    opening: 'Hello! Nice to see you.',
    closing: 'Thank you for this talk. Goodbye!',
    glossary: [
      { word: 'breakfast', meaning: 'Breakfast is what you eat in the morning.' },
      { word: 'bread', meaning: 'You can buy bread in a shop.' },
      { word: 'soup', meaning: 'Soup is hot, and you drink it.' },
      { word: 'city', meaning: 'Many people live in a city.' },
      { word: 'country', meaning: 'A country is a big place with many people.' },
      { word: 'get up', meaning: 'You get up in the morning.' },
      { word: 'cheese', meaning: 'People make it from milk.' },
    ],
    turns,
  }
}

export type SampleFile = ReturnType<typeof makeSampleFile>

export function makeSampleTopic(change: (file: SampleFile) => void = () => {}): Topic {
  const file = makeSampleFile()
  change(file)
  return parseTopicFile(SAMPLE_FILE, JSON.stringify(file))
}
