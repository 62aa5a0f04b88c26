/** Words and phrases that take a statement half back. The lists are ours. */
import { listPhrases } from './signals.ts'

/** `I think` is left out: it is how opinions begin. */
export const hedges = listPhrases(`
  maybe, perhaps, probably, possibly, hopefully, somehow, i guess, i suppose, kind of, sort of, kinda, sorta, more or less, a little bit,
  i'm not sure, i am not sure, not really sure, not so sure, i don't know, i do not know, dunno, or something, something like that,
  or whatever, whatever, and stuff, stuff like that, things like that, and so on, i would say, i'd say, it depends, i might, might be,
  could be, not really, hard to say`)

/** `What kind of patient` asks, and hedges nothing: after these words `kind of` and `sort of` name a thing. */
export const beforeKinds = new Set(
  listPhrases('what, which, this, that, these, those, the, a, any, some, every, each, same, all, one, another, my'),
)
