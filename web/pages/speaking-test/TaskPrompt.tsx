import { toPromptBlocks } from './prompt-parts.ts'

export interface TaskPromptProps {
  task: { prompt: string; imageUrl: string | null; imageAlt: string | null }
}

/** What the learner is asked. A picture is there in words too, for everyone who wants them. */
export function TaskPrompt({ task }: TaskPromptProps) {
  const { prompt, imageUrl, imageAlt } = task
  return (
    <div class="prompt">
      {toPromptBlocks(prompt).map((block, index) =>
        block.kind === 'text' ? (
          <p key={index}>{block.text}</p>
        ) : (
          <ul key={index} class="prompt__points">
            {block.items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        ),
      )}
      {imageUrl !== null && (
        <figure class="prompt__picture">
          <img src={imageUrl} alt={imageAlt ?? ''} />
          {imageAlt !== null && (
            <details class="explain">
              <summary>The picture in words</summary>
              <p>{imageAlt}</p>
            </details>
          )}
        </figure>
      )}
    </div>
  )
}
