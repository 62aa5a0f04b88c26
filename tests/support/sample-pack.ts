/** The smallest content pack without a fault: the document's own shape, two questions, nothing optional. */
// The tests break it in every way: what is in it is looked at, not compiled against.
// oxlint-disable-next-line typescript/no-explicit-any
export type SamplePack = any

let packs = 0

/** Of a name that no other pack has. */
export function makePack(over: Record<string, unknown> = {}): SamplePack {
  packs += 1
  return {
    version: '1.0.0',
    metadata: {
      title: `Sample ${process.pid}-${packs}`,
      description: 'Questions to try things with.',
      categories: ['Motivation', 'Teamwork', 'Ethics', 'Resilience', 'Insight', 'Leadership', 'Clarity'],
    },
    questions: [
      {
        id: 'why-here',
        category: 'Motivation',
        prompt: 'Why do you want to work here?',
        expected_duration_s: 90,
        evaluation_criteria: ['Names a reason of their own', 'Names something about the place'],
      },
      {
        id: 'a-quarrel',
        category: 'Teamwork',
        prompt: 'Tell me about a quarrel in a team. What did you do?',
        expected_duration_s: 120,
        evaluation_criteria: ['Describes one situation'],
      },
    ],
    ...over,
  }
}
