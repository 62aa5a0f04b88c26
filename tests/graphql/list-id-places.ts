/** Every place of the printed schema that takes an id. */
import { getNamedType, type GraphQLArgument, type GraphQLInputField, isInputObjectType, isObjectType } from 'graphql'
import { printedSchema } from './mutations.ts'

/** As `Mutation.endSession(input.sessionId)`. */
export function listIdPlaces(): string[] {
  const places = [
    printedSchema.getQueryType(),
    printedSchema.getMutationType(),
    printedSchema.getSubscriptionType(),
  ].flatMap((root) =>
    Object.values(root?.getFields() ?? {}).flatMap((field) =>
      field.args.flatMap((arg) => placesIn(arg)).map((path) => `${root?.name}.${field.name}(${path})`),
    ),
  )
  // A field of an object may take an id too: none does yet.
  const onObjects = Object.values(printedSchema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !['Query', 'Mutation', 'Subscription'].includes(type.name)
      ? Object.values(type.getFields()).flatMap((field) =>
          field.args.flatMap((arg) => placesIn(arg).map((path) => `${type.name}.${field.name}(${path})`)),
        )
      : [],
  )
  return [...places, ...onObjects]
}

function placesIn(argument: GraphQLArgument | GraphQLInputField): string[] {
  const type = getNamedType(argument.type)
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).flatMap((field) => placesIn(field).map((path) => `${argument.name}.${path}`))
  }
  return type.name === 'ID' ? [argument.name] : []
}
