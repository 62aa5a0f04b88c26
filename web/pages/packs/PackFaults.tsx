import type { PlacedFault } from './place-faults.ts'

/** Every fault of a file with the line to look at. */
export function PackFaults({ faults }: { faults: readonly PlacedFault[] }) {
  return (
    <ol class="pack-faults card" aria-label="Faults in the file">
      {faults.map(({ path, message, line, excerpt }) => (
        <li key={`${path} ${message}`} class="pack-fault">
          <span class="pack-fault__place small">
            <code>{path || 'The whole file'}</code>
            {line !== null && <span class="badge numeric">Line {line}</span>}
          </span>
          <span>{message}</span>
          {excerpt && <code class="pack-fault__line small">{excerpt}</code>}
        </li>
      ))}
    </ol>
  )
}
