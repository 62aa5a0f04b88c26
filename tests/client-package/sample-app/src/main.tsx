import { ApolloProvider } from '@apollo/client/react'
import { connectParley } from '@parley/client'
import { createRoot } from 'react-dom/client'
import { StartTalk } from './start-talk.js'
import { TalkList } from './talk-list.js'

const parley = connectParley({ url: location.origin, token: () => sessionStorage.getItem('parley-token') })

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <ApolloProvider client={parley.client}>
      <StartTalk />
      <TalkList />
    </ApolloProvider>,
  )
}
