import { useEffect, useState } from 'preact/hooks'
import { BrandMark } from '../components/BrandMark.tsx'
import { Loading } from '../components/Loading.tsx'
import { Notice } from '../components/Notice.tsx'
import { CallerChoice } from './CallerChoice.tsx'
import { Explorer } from './Explorer.tsx'
import { type Caller, findCaller } from './find-caller.ts'
import { findSchema, type FoundSchema } from './find-schema.ts'

/** Every type and field of the API, and a place to try them: as whoever is signed in, or with an access token. */
export function ApiPage() {
  const [caller, setCaller] = useState<Caller | null>(null)
  const [found, setFound] = useState<FoundSchema | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  useEffect(() => {
    Promise.all([findCaller(null), findSchema()]).then(
      ([first, schema]) => {
        setCaller(first)
        setFound(schema)
      },
      () => setHasFailed(true),
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
        {hasFailed && <Notice tone="problem">The API does not answer. Load this page again in a moment.</Notice>}
        {!found && !hasFailed && <Loading label="Looking at the API" />}
      </main>
    </div>
  )
}
