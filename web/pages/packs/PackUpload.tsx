import type { TargetedDragEvent, TargetedEvent } from 'preact'
import { useId, useState } from 'preact/hooks'
import { plural } from '../../components/format.ts'
import { Icon } from '../../components/Icon.tsx'
import { Notice } from '../../components/Notice.tsx'
import { type PackUpload as Upload, usePackUpload } from '../../hooks/use-pack-upload.ts'
import { PackFaults } from './PackFaults.tsx'
import { placeFaults } from './place-faults.ts'

/** A file is dropped here or chosen. It becomes a draft, or all that is wrong with it is told. */
export function PackUpload() {
  const { state, upload } = usePackUpload()
  const [isOver, setIsOver] = useState(false)
  const hintId = useId()
  const drag = (event: TargetedDragEvent<HTMLElement>, isInside: boolean): void => {
    // Else the browser opens the file.
    event.preventDefault()
    setIsOver(isInside)
  }
  const drop = (event: TargetedDragEvent<HTMLElement>): void => {
    drag(event, false)
    const file = event.dataTransfer?.files[0]
    if (file) upload(file)
  }
  const choose = (event: TargetedEvent<HTMLInputElement>): void => {
    const [file] = event.currentTarget.files ?? []
    if (file) upload(file)
    // The same file, mended, can be chosen again.
    event.currentTarget.value = ''
  }
  return (
    <section class="pack-upload" aria-label="Upload a pack">
      <label
        class={`drop-zone${isOver ? ' drop-zone--over' : ''}`}
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={drop}
      >
        <Icon name="upload" />
        <span class="drop-zone__title">Drop a pack here, or choose a file</span>
        <input
          class="hidden-visually"
          type="file"
          accept=".json,application/json"
          aria-label="Pack file"
          aria-describedby={hintId}
          onChange={choose}
        />
        <span class="faint small" id={hintId}>
          One JSON file, at most 1 MiB. It comes in as a draft: nothing changes for learners.
        </span>
      </label>
      <Outcome state={state} />
    </section>
  )
}

function Outcome({ state }: { state: Upload }) {
  if (state.phase === 'idle') return null
  if (state.phase === 'sending') return <Notice>Reading {state.fileName} …</Notice>
  if (state.phase === 'stored') {
    const { title, version } = state.pack
    return (
      <Notice tone="good">
        “{title}” {version} is here.
      </Notice>
    )
  }
  const { fileName, message, json, issues } = state
  return (
    <>
      <Notice tone="problem">
        <strong>
          {fileName} was not brought in{issues.length > 0 && `: ${plural(issues.length, 'fault')}`}.
        </strong>{' '}
        {message}
      </Notice>
      {issues.length > 0 && <PackFaults faults={placeFaults(json, issues)} />}
    </>
  )
}
