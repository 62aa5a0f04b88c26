/** The lines of a topic with where they stand, for rules that look at each by itself. */
import type { Topic, TopicTurn } from '../topic.ts'

export interface TopicLine {
  /** `turn "2-breakfast", reply 1`. */
  place: string
  by: 'partner' | 'reply' | 'variant' | 'note' | 'recap' | 'hint' | 'meaning'
  text: string
}

export function listLines(topic: Topic): TopicLine[] {
  return [
    { place: 'promptHint', by: 'hint', text: topic.promptHint },
    { place: 'opening', by: 'partner', text: topic.opening },
    ...topic.turns.flatMap(listTurnLines),
    { place: 'closing', by: 'partner', text: topic.closing },
    ...topic.glossary.map(({ word, meaning }): TopicLine => ({
      place: `glossary "${word}"`,
      by: 'meaning',
      text: meaning,
    })),
  ]
}

function listTurnLines(turn: TopicTurn): TopicLine[] {
  const place = `turn "${turn.id}"`
  const lines: TopicLine[] = [
    { place: `${place}, ask`, by: 'partner', text: turn.ask },
    { place: `${place}, simpler`, by: 'partner', text: turn.simpler },
  ]
  const ofReplies = turn.replies.flatMap((reply, index): TopicLine[] => {
    const at = `${place}, reply ${index + 1}`
    return [
      { place: at, by: 'reply', text: reply.text },
      { place: `${at}, reaction`, by: 'partner', text: reply.reaction },
      ...(reply.recap === undefined ? [] : [{ place: `${at}, recap`, by: 'recap' as const, text: reply.recap }]),
      ...(reply.variants ?? []).flatMap((variant, nth): TopicLine[] => [
        { place: `${at}, variant ${nth + 1}`, by: 'variant', text: variant.text },
        { place: `${at}, note ${nth + 1}`, by: 'note', text: variant.note },
      ]),
    ]
  })
  return [...lines, ...ofReplies]
}
