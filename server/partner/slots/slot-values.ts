/** The values that the partner can hear in an open slot, by its kind, as they are shown. All are in the recogniser's dictionary. */
import { COLOURS, HOBBIES, JOBS } from './doings.ts'
import { DRINKS, FOODS } from './eating.ts'
import { NAMES } from './names.ts'
import { DAYS, MONTHS, NUMBERS, TIMES } from './numbers-and-times.ts'
import { CITIES, COUNTRIES, PLACES } from './places.ts'
import type { SlotKind } from './slot-text.ts'

export const SLOT_VALUES: Readonly<Record<SlotKind, readonly string[]>> = {
  name: NAMES,
  number: NUMBERS,
  day: DAYS,
  month: MONTHS,
  time: TIMES,
  food: FOODS,
  drink: DRINKS,
  city: CITIES,
  country: COUNTRIES,
  place: PLACES,
  job: JOBS,
  hobby: HOBBIES,
  colour: COLOURS,
}

/** What a card says of a slot: what belongs there, and examples from around the world. */
export const SLOT_HINTS: Readonly<Record<SlotKind, { hint: string; examples: readonly string[] }>> = {
  name: { hint: 'a name', examples: ['Anna', 'Omar', 'Maria'] },
  number: { hint: 'a number', examples: ['two', 'fifteen', 'thirty-six'] },
  day: { hint: 'a day', examples: ['Monday', 'Friday', 'Sunday'] },
  month: { hint: 'a month', examples: ['January', 'May', 'October'] },
  time: { hint: 'a time', examples: ["seven o'clock", 'half past eight', 'nine thirty'] },
  food: { hint: 'something to eat', examples: ['rice', 'bread', 'fish'] },
  drink: { hint: 'something to drink', examples: ['water', 'tea', 'orange juice'] },
  city: { hint: 'a city', examples: ['Madrid', 'Cairo', 'Tokyo'] },
  country: { hint: 'a country', examples: ['Spain', 'Japan', 'Brazil'] },
  place: { hint: 'a place', examples: ['the park', 'the library', 'the beach'] },
  job: { hint: 'a job', examples: ['a teacher', 'a nurse', 'an engineer'] },
  hobby: { hint: 'something you do for fun', examples: ['swimming', 'cooking', 'football'] },
  colour: { hint: 'a colour', examples: ['blue', 'green', 'red'] },
}
