import { EmptyState } from '../../components/EmptyState.tsx'
import { plural } from '../../components/format.ts'
import { SourceLegend, TranscriptList, type TranscriptListProps } from '../../components/TranscriptList.tsx'

/** All that was said, or that nothing was. */
export function ReviewTranscript({ isActive, ...list }: TranscriptListProps & { isActive: boolean }) {
  const { segments } = list
  return (
    <section
      class="review__words"
      aria-labelledby="transcript-title"
      // It may scroll by itself, and a keyboard must reach it: by its lines, or as a whole.
      tabIndex={list.onPlay ? undefined : 0}
    >
      <header class="review__words-head">
        <h2 id="transcript-title">What was said</h2>
        <p class="faint small" role={isActive ? 'status' : undefined}>
          {plural(segments.length, 'line')}
        </p>
      </header>
      {segments.length === 0 ? (
        <EmptyState icon="captions" title={isActive ? 'Nothing has been said yet' : 'No words were recorded'}>
          {isActive ? 'The first words will appear here.' : 'This session ended before anything was said.'}
        </EmptyState>
      ) : (
        <>
          <TranscriptList {...list} />
          <SourceLegend segments={segments} />
        </>
      )}
    </section>
  )
}
