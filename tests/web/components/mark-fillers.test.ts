import fc from 'fast-check'
import { expect, it } from 'vitest'
import { markFillers } from '../../../web/components/mark-fillers.ts'

const fillersOf = (text: string): string[] =>
  markFillers(text)
    .filter(({ isFiller }) => isFiller)
    .map((piece) => piece.text)

it('finds sounds and phrases that fill time, as they are written', () => {
  expect(fillersOf('Um, I like tea, you know, and uh cake.')).toEqual(['Um', 'you', 'know', 'uh'])
})

it('leaves alone what is a word of the sentence', () => {
  expect(fillersOf('I like tea. Do you know it?')).toEqual([])
})

it('finds the right one where the same letters stand inside other words', () => {
  expect(markFillers('The drum, um, is loud.')).toEqual([
    { text: 'The drum, ', isFiller: false },
    { text: 'um', isFiller: true },
    { text: ', is loud.', isFiller: false },
  ])
})

it('is not led astray by what a recogniser adds, nor by letters that grow in lower case', () => {
  expect(fillersOf('[um noise] well, um, yes')).toEqual(['um'])
  expect(markFillers('İ um')).toEqual([{ text: 'İ um', isFiller: false }])
})

it('never loses or adds a letter', () => {
  const part = fc.oneof(fc.constantFrom('um', ', ', ' ', 'you know', '[um]', '’', 'İ', 'uh huh'), fc.string())
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const text = parts.join('')
      expect(
        markFillers(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text)
    }),
  )
})
