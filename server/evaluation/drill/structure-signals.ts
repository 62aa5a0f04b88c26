/** Words and phrases that show how an answer is built. Each list is ours; a `*` stands for any ending. */
import { listPhrases } from './signals.ts'

/** A time, a place or a case: what the answer is about. */
export const situationSignals = listPhrases(`
  when i, when we, while i, while we, during, one day, one morning, one afternoon, one evening, one night, one time, once,
  last week, last month, last year, last spring, last summer, last autumn, last winter, weeks ago, months ago, a year ago, years ago,
  in my first, in my second, in my third, in my final, in my last, in my previous, in my current, in my job, at my, at work, at school,
  at university, at the time, at the moment, right now, currently, before that, for the last, there was, there were, for example,
  for instance, i remember, i worked, i was working, i had, we had, on call, a patient, a customer, a colleague`)

/** What came of it. */
export const resultSignals = listPhrases(`
  as a result, in the end, at the end, result*, outcome*, which meant, that meant, this meant, so that, because of that, because of this,
  led to, turned out, since then, from then on, after that, afterwards, eventually, finally, it worked, worked well, managed to,
  was able to, were able to, improv*, increas*, reduc*, dropped, fell, rose, grew, saved, saves, solved, fixed, finished, went well,
  recovered, thanked, came back, percent, per cent, half, twice, i learned, i learnt, taught me, now i, we now, today, on time, happy with,
  changed, no longer, instead of, never again, until now`)

/** How an answer is brought to an end. */
export const closingSignals = listPhrases(`
  that is why, that's why, this is why, which is why, that is how, that's how, that is what, that's what, in the end, at the end,
  as a result, because of that, overall, in short, to sum up, for me, i learned, i learnt, taught me, the lesson, from that, since then,
  from then on, ever since, now i, today, these days, next time, in the future, going forward, from now on, i would like to, i'd like to,
  i want to, i hope, i look forward, i believe, i am sure, i'm sure, eventually, finally, it worked`)

/** No answer yet, or none to come. */
export const evasionSignals = listPhrases(`
  i don't know, i do not know, i dunno, i'm not sure, i am not sure, not really sure, no idea, hard to say, hard question,
  difficult question, good question, never thought, can't think, cannot think, don't remember, do not remember, can't remember`)

/** After `I`: past forms without `ed` that tell what somebody did. */
export const irregularActions = new Set(
  listPhrases(`
  asked, began, bought, brought, built, called, came, chose, cut, did, drew, drove, found, gave, got, heard, held, kept, learned, learnt,
  led, left, let, made, met, paid, put, ran, rang, read, said, sat, saw, sent, set, showed, sold, split, spoke, stood, taught, told, took,
  went, wrote`),
)

/** After `I`: what somebody would do, or does as a rule. */
export const intentions = new Set(
  listPhrases(`
  would, will, always, usually, ask, call, check, explain, give, go, help, keep, listen, look, make, plan, prepare, put, start, take, talk,
  teach, tell, try, use, work, write`),
)

/** May stand between `I` and the verb. */
export const betweenActions = new Set(
  listPhrases(`
  also, then, first, always, never, usually, often, quickly, immediately, simply, just, only, finally, later, carefully, calmly, still,
  even, once, personally, now, really, have, had`),
)
