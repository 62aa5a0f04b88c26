import { useEffect, useState } from 'preact/hooks'
import { BrandMark } from '../components/BrandMark.tsx'
import { Loading } from '../components/Loading.tsx'
import { Notice } from '../components/Notice.tsx'
import { CallerChoice } from './CallerChoice.tsx'
import { Explorer } from './Explorer.tsx'
import { type Caller, findCaller } from './find-caller.ts'
import { findSchema, type FoundSchema } from './find-schema.ts'
import { describeFailure } from './post-graphql.ts'

/** Every type and field of the API, and a place to try them: as whoever is signed in, or with an access token. */
export function ApiPage() {
  const [caller, setCaller] = useState<Caller | null>(null)
  const [found, setFound] = useState<FoundSchema | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    Promise.all([findCaller(null), findSchema()]).then(
      ([first, schema]) => {
        setCaller(first)
        setFound(schema)
      },
      (error: unknown) => setFailure(describeFailure(error)),
    )
  }, [])
  return (
    <div class="api">
      <header class="api__bar">
        <a class="brand" href="/" aria-label="Parley, to the app">
          <BrandMark />
          Parley
        </a>
        <h1>API</h1>
        {caller && <CallerChoice caller={caller} onChange={setCaller} />}
      </header>
      <main class="api__main">
        {found?.isBuiltIn && (
          <Notice>
            This installation answers no introspection. What is explained here is the schema that came with this version
            of Parley.
          </Notice>
        )}
        {caller && found && <Explorer caller={caller} schema={found.schema} />}
        {failure !== null && <Notice tone="problem">{failure}</Notice>}
        {!found && failure === null && <Loading label="Looking at the API" />}
      </main>
    </div>
  )
}
