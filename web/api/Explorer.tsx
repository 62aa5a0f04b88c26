import { GraphiQL } from 'graphiql'
import 'graphiql/style.css'
import type { GraphQLSchema } from 'graphql'
import { createClient } from 'graphql-ws'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { closeSocket } from '../../client/socket.ts'
import { createFetcher } from './create-fetcher.ts'
import type { Caller } from './find-caller.ts'
import { exampleOperations } from './example-operations.ts'
import { toHeaders } from './post-graphql.ts'
import { nameEditors } from './name-editors.ts'

/**
 * GraphiQL, as this caller. What is written in it lasts as long as the browser's tab: it may hold what is private. Version 4 is the
 * last with an editor that gets by without style elements of its own, which the content security policy refuses; 5 does not.
 */
export function Explorer({ caller: { token }, schema }: { caller: Caller; schema: GraphQLSchema }) {
  const socket = useMemo(
    () =>
      createClient({ url: `${location.origin.replace(/^http/, 'ws')}/graphql`, connectionParams: toHeaders(token) }),
    [token],
  )
  useEffect(() => () => closeSocket(socket), [socket])
  const fetcher = useMemo(() => createFetcher(token, socket), [token, socket])
  const container = useRef<HTMLDivElement>(null)
  useEffect(() => (container.current ? nameEditors(container.current) : undefined), [])
  return (
    <div ref={container} class="api__explorer">
      <GraphiQL
        fetcher={fetcher}
        schema={schema}
        storage={sessionStorage}
        defaultTabs={exampleOperations}
        forcedTheme="system"
        isHeadersEditorEnabled={false}
        showPersistHeadersSettings={false}
        shouldPersistHeaders={false}
      >
        <GraphiQL.Logo>
          <span />
        </GraphiQL.Logo>
      </GraphiQL>
    </div>
  )
}
