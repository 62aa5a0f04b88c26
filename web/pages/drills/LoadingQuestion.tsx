import { Loading } from '../../components/Loading.tsx'

/** Where the question will stand. */
export function LoadingQuestion() {
  return (
    <div class="page">
      <div class="drill">
        <Loading label="Loading the question" />
      </div>
    </div>
  )
}
