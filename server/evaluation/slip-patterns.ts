/**
 * Slips that learners of English often make and that a pattern finds safely: each looks for words that are right in (almost) no
 * sentence. What is common but needs the sentence understood (articles, tenses) is not here: a wrong correction costs more trust
 * than a missed one. All patterns ignore case and meet straight apostrophes and blanks alone.
 */
export interface SlipPattern {
  key: string
  pattern: RegExp
  /** The words that were said, put right. */
  correct(match: RegExpExecArray): string
  why: string
}

const number =
  '(?:\\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|many|several|some)'
const clauseEnd = '\\s*(?:[.,!?;:]|$)'
const isClauseEnd = `(?=${clauseEnd})`
const isClauseStart = '(?<=(?:^|[.,!?;:]|\\b(?:because|but|so|think|that)\\b)\\s*)'

const pastForms: Record<string, string> = {
  went: 'go',
  saw: 'see',
  came: 'come',
  ate: 'eat',
  bought: 'buy',
  took: 'take',
  made: 'make',
  had: 'have',
  got: 'get',
  said: 'say',
  knew: 'know',
  thought: 'think',
  told: 'tell',
  found: 'find',
  gave: 'give',
  felt: 'feel',
  spoke: 'speak',
  wrote: 'write',
  wanted: 'want',
  liked: 'like',
}

const withoutPlural: Record<string, string> = {
  informations: 'information',
  advices: 'advice',
  homeworks: 'homework',
  furnitures: 'furniture',
  equipments: 'equipment',
  knowledges: 'knowledge',
  luggages: 'luggage',
  softwares: 'software',
}

const bareVerbs =
  'go|like|want|live|work|make|cook|study|play|say|tell|come|take|give|know|think|need|look|help|love|speak|run|eat|sleep'

const opposites: Record<string, string> = {
  nothing: 'anything',
  nobody: 'anybody',
  nowhere: 'anywhere',
  no: 'any',
  none: 'any',
}

export const slipPatterns: readonly SlipPattern[] = [
  {
    key: 'am-agree',
    pattern: /\b(I|you|we|they)(?:'m| am|'re| are)( not)? agree\b/iu,
    correct: ([, who, not]) => `${who}${not ? " don't" : ''} agree`,
    why: '"Agree" is a verb, so it needs no "am" or "are".',
  },
  {
    key: 'he-dont',
    pattern: /(?<!\b(?:and|or|like|than) )\b(he|she) don't\b/iu,
    correct: ([, who]) => `${who} doesn't`,
    why: 'After "he", "she" and "it", say "doesn\'t".',
  },
  {
    key: 'he-have',
    pattern: new RegExp(`${isClauseStart}\\b(he|she) have\\b(?!')`, 'iu'),
    correct: ([, who]) => `${who} has`,
    why: 'After "he", "she" and "it", "have" becomes "has".',
  },
  {
    key: 'he-go',
    pattern: new RegExp(`(?<=(?:^|[.,!;:]|\\b(?:because|but)\\b)\\s*)\\b(he|she) (${bareVerbs})\\b(?!')`, 'iu'),
    correct: ([, who, verb = '']) => `${who} ${toThirdPerson(verb)}`,
    why: 'After "he", "she" and "it" the verb ends in "s" when you talk about now.',
  },
  {
    key: 'there-is-many',
    pattern: /\bthere(?:'s| is| was) (many|several)\b(?! an? )/iu,
    correct: (match) => `there ${/was/iu.test(match[0]) ? 'were' : 'are'} ${match[1]}`,
    why: '"Many" and "several" are more than one, so the verb is a plural.',
  },
  {
    key: 'didnt-went',
    pattern: new RegExp(`\\b(did(?:n't| not)) (${Object.keys(pastForms).join('|')})\\b`, 'iu'),
    correct: ([, did, verb = '']) => `${did} ${pastForms[verb.toLowerCase()] ?? verb}`,
    why: '"Did" already shows the past, so the verb after it stays plain.',
  },
  {
    key: 'double-negative',
    pattern:
      /\b((?:don't|doesn't|didn't|can't|couldn't|won't) (?:have|know|see|say|want|need|do|like|eat|buy|understand|find|hear|get|go|tell)) (nothing|nobody|nowhere|none|no)\b(?! (?:one's|matter|longer|more))/iu,
    correct: ([, start, word = '']) => `${start} ${opposites[word.toLowerCase()] ?? word}`,
    why: 'One "not" is enough in an English sentence.',
  },
  {
    key: 'more-better',
    pattern: new RegExp(
      `\\bmore (better|worse|easier|bigger|cheaper|faster|older|younger|happier|taller|smaller|stronger|closer)(?= than\\b|${clauseEnd})`,
      'iu',
    ),
    correct: ([, word = '']) => word,
    why: 'The word already compares, so "more" is not needed.',
  },
  {
    key: 'no-plural',
    pattern: new RegExp(`\\b(${Object.keys(withoutPlural).join('|')})\\b(?!')`, 'iu'),
    correct: ([, word = '']) => withoutPlural[word.toLowerCase()] ?? word,
    why: 'This word has no plural in English.',
  },
  {
    key: 'am-born',
    pattern: /\bI(?:'m| am) born\b/iu,
    correct: () => 'I was born',
    why: 'Your birth is in the past.',
  },
  {
    key: 'have-years-old',
    pattern: /\b(I|we|they|you) have (\S+) years old\b/iu,
    correct: ([, who = '', years]) => `${who} ${who.toLowerCase() === 'i' ? 'am' : 'are'} ${years} years old`,
    why: 'English says an age with "be".',
  },
  {
    key: 'very-like',
    pattern: /\b(I|we|they|you) very (like|love|enjoy|want|need|hope)\b/iu,
    correct: ([, who, verb]) => `${who} really ${verb}`,
    why: '"Very" does not go before a verb; "really" does.',
  },
  {
    key: 'explain-me',
    pattern: /\b(explain(?:s|ed)?) (me|us)\b(?! (?:being|having))/iu,
    correct: ([, verb, who]) => `${verb} to ${who}`,
    why: 'You explain something to somebody.',
  },
  {
    key: 'discuss-about',
    pattern: /\b(discuss(?:ed|es|ing)?) about (the|this|that|it|my|our|your|their|how|what|why)\b/iu,
    correct: ([, verb, next]) => `${verb} ${next}`,
    why: '"Discuss" needs no "about".',
  },
  {
    key: 'must-to',
    pattern:
      /\b(must|should) to (go|do|be|have|take|make|study|learn|work|say|eat|buy|speak|help|find|get|try|use)\b/iu,
    correct: ([, verb, next]) => `${verb} ${next}`,
    why: 'After "must" and "should" the verb comes without "to".',
  },
  {
    key: 'since-years',
    pattern: new RegExp(`\\bsince (${number} (?:years|months|weeks|days|hours))\\b(?! ago)`, 'iu'),
    correct: ([, time]) => `for ${time}`,
    why: 'Use "for" with a length of time, and "since" with its beginning.',
  },
  {
    key: 'to-home',
    pattern: new RegExp(`\\b(go|went|going|come|came|goes|coming) to home${isClauseEnd}`, 'iu'),
    correct: ([, verb]) => `${verb} home`,
    why: '"Home" needs no "to" after a verb of moving.',
  },
  {
    key: 'listen-music',
    pattern: /\b(listen(?:s|ed|ing)?) (music|songs|the music|the radio|podcasts)\b/iu,
    correct: ([, verb, what]) => `${verb} to ${what}`,
    why: 'You listen to something.',
  },
  {
    key: 'depends-of',
    pattern: /\b(depend(?:s|ed)?) of\b/iu,
    correct: ([, verb]) => `${verb} on`,
    why: 'Things depend on other things.',
  },
  {
    key: 'is-depend',
    pattern: /\bit(?:'s| is) depends?\b/iu,
    correct: () => 'it depends',
    why: '"Depend" is a verb, so it needs no "is".',
  },
  {
    key: 'people-is',
    pattern: new RegExp(`${isClauseStart}\\bpeople is\\b`, 'iu'),
    correct: () => 'people are',
    why: '"People" is already a plural.',
  },
  {
    key: 'one-of-my-friend',
    pattern: new RegExp(
      `\\bone of (my|the|his|her|our) (friend|brother|sister|teacher|student|problem|reason)${isClauseEnd}`,
      'iu',
    ),
    correct: ([, whose, noun]) => `one of ${whose} ${noun}s`,
    why: 'One of several: the word after it is a plural.',
  },
]

function toThirdPerson(verb: string): string {
  if (/[^aeiou]y$/iu.test(verb)) return `${verb.slice(0, -1)}ies`
  return /o$/iu.test(verb) ? `${verb}es` : `${verb}s`
}
