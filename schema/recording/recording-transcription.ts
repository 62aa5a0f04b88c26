/** What a recording says of its writing down. */
import { builder } from '../builder.ts'
import { TranscriptionStatusEnum } from '../enums.ts'
import { Failure } from '../failure.type.ts'
import { Recording } from './recording.type.ts'

builder.objectFields(Recording, (t) => ({
  transcriptionStatus: t.expose('transcriptionStatus', {
    type: TranscriptionStatusEnum,
    description: 'Where its writing down stands.',
  }),
  transcriptionFailure: t.field({
    type: Failure,
    nullable: true,
    description: 'Why it was not written down, and what to do.',
    resolve: (recording) => recording.transcriptionFailure,
  }),
}))
