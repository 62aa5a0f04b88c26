/** Numbers, days, months and times of the clock as they are spoken. */
const ONES = 'one two three four five six seven eight nine'.split(' ')
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const ROUND = ['a hundred', 'one hundred', 'two hundred', 'five hundred', 'a thousand', 'one thousand', 'a million']
const HOURS = [...ONES, ...TEENS.slice(0, 3)]
const MINUTES = ['five', 'ten', 'twenty', 'twenty-five']
const QUARTERS = ['fifteen', 'thirty', 'forty-five']

/** Zero to a hundred, and a few round ones. */
export const NUMBERS: readonly string[] = [
  'zero',
  ...ONES,
  ...TEENS,
  ...TENS.flatMap((ten) => [ten, ...ONES.map((one) => `${ten}-${one}`)]),
  ...ROUND,
]

export const DAYS: readonly string[] = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

export const MONTHS: readonly string[] =
  'January February March April May June July August September October November December'.split(' ')

/** Times of the clock in steps of five minutes, in words for both halves of the hour. */
export const TIMES: readonly string[] = [
  'noon',
  'midnight',
  ...HOURS.flatMap((hour) => [
    hour,
    `${hour} o'clock`,
    `half past ${hour}`,
    ...['past', 'to'].flatMap((side) => [
      `quarter ${side} ${hour}`,
      `a quarter ${side} ${hour}`,
      ...MINUTES.map((minutes) => `${minutes} ${side} ${hour}`),
    ]),
    ...QUARTERS.map((minutes) => `${hour} ${minutes}`),
  ]),
]
