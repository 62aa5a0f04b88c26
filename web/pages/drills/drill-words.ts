/** What interview practice says of itself, in one place. */
import { microphoneHelp } from '../../components/fault-messages.ts'
import { toDuration } from '../../components/format.ts'
import type { QuestionPartsFragment } from '../../gql/documents.ts'
import type { testMicrophone } from '../speaking-test/test-words.ts'

const safe = 'Nothing is lost: you can also write your answer.'

/** What stands between the learner and the microphone. */
export const drillMicrophone: typeof testMicrophone = {
  denied: { ...microphoneHelp.denied, safe },
  missing: { ...microphoneHelp.missing, safe, todo: 'Plug one in or switch it on, then try again.' },
  busy: { ...microphoneHelp.busy, safe },
  unsupported: { ...microphoneHelp.unsupported, safe, todo: 'Try it on the machine itself, or by an https address.' },
  unknown: { ...microphoneHelp.unknown, safe },
  silent: { ...microphoneHelp.silent, safe },
}

/** What stands under a question. A number stays on the line of its unit. */
export function toQuestionLead({
  category,
  expectedDurationSeconds,
}: Pick<QuestionPartsFragment, 'category' | 'expectedDurationSeconds'>): string {
  return `${category} · a good answer takes about ${toDuration(expectedDurationSeconds).replaceAll(' ', '\u00a0')}.`
}

/** The parts of the published formula; one that a later scorer adds is shown by its own name. */
const partLabels: Record<string, string> = {
  coverage: 'What the question asks for',
  structure: 'Structure',
  length: 'Length',
  pace: 'Pace',
  hedging: 'Plain statements, without hedging',
  fillers: 'Few filler sounds',
}

export function toPartLabel(name: string): string {
  return partLabels[name] ?? name
}
