import { expect, test } from 'vitest'
import { findVerbatim } from '../../server/evaluation/quote.ts'
import { segmentsOf } from './evaluation-input.ts'

const segments = segmentsOf([
  'Well, I  like\nthe sea (and C++).',
  'We went there by train.',
  'The other day we went there again.',
])

test.each([
  ['word for word', 'We went there', { quote: 'We went there', segmentItemId: 'item-2' }],
  ['with other white space', ' I like the   sea ', { quote: 'I  like\nthe sea', segmentItemId: 'item-1' }],
  ['with marks that mean something in patterns', '(and C++).', { quote: '(and C++).', segmentItemId: 'item-1' }],
])('found %s: what comes back stands in the transcript', (_, claimed, expected) => {
  expect(findVerbatim(claimed, segments)).toEqual(expected)
})

test.each([
  ['other words', 'We walked there'],
  ['other letters', 'we went There'],
  ['other marks', 'We, went there'],
  ['half a word', 'he sea'],
  ['words of two segments', 'by train. The other day'],
  ['nothing', '  '],
])('not found: %s', (_, claimed) => {
  expect(findVerbatim(claimed, segments)).toBeNull()
})
