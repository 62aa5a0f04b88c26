import { parleyCodegen } from '@parley/client/codegen'

export default parleyCodegen({
  documents: 'src/**/*.graphql',
  out: 'src/parley',
  fragments: ['FaultParts', 'SessionRow'],
})
