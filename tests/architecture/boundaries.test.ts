import { describe, expect, test } from 'vitest'
import {
  emptyFolderNames,
  environmentReaders,
  floors,
  generatedFiles,
  islands,
  isWithin,
  libraryOwners,
  maxLines,
  pageLibraries,
  sharedLibraries,
  typesOnly,
} from './house-rules.ts'
import { type Import, readField, readSourceFiles, type SourceFile, type SyntaxNode } from './source-files.ts'
import { systemReasons } from './system-reasons.ts'

const files = readSourceFiles()
const code = files.filter((file) => !generatedFiles.some((place) => isWithin(file.path, place)))

test('the rules see the sources', () => {
  expect(files.map((file) => file.path)).toEqual(
    expect.arrayContaining(['server/config.ts', 'db/migrate.ts', 'server/bootstrap.mjs']),
  )
  const config = files.find((file) => file.path === 'server/config.ts')
  expect(config?.imports).toContainEqual({
    specifier: './domain/entitlement.ts',
    file: 'server/domain/entitlement.ts',
    library: null,
    isTypeOnly: true,
  })
})

describe('imports', () => {
  test('every source file has a place in the house', () => {
    expect(files.filter((file) => findArea(file.path) === null).map((file) => file.path)).toEqual([])
  })

  test('go downward only, and on one floor stay within the folder', () => {
    expect(listImports((file, { file: target }) => target !== null && explainImport(file.path, target))).toEqual([])
  })

  test('know by type only what is passed in', () => {
    const breaks = (file: SourceFile, { file: target, isTypeOnly }: Import) => {
      if (isTypeOnly || target === null) return false
      return typesOnly.find(({ from, to }) => isWithin(file.path, from) && isWithin(target, to))?.because ?? false
    }
    expect(listImports(breaks)).toEqual([])
  })

  test('name a file that is there', () => {
    const paths = new Set(files.map((file) => file.path))
    const isMissing = (_file: SourceFile, { file: target }: Import) =>
      target !== null && /\.(ts|tsx|mjs)$/.test(target) && !paths.has(target) && 'there is no such file'
    expect(listImports(isMissing)).toEqual([])
  })
})

describe('libraries', () => {
  test('are imported by the folder that owns them', () => {
    const breaks = (file: SourceFile, { library }: Import) => {
      if (library === null || sharedLibraries.has(library) || isWithin(file.path, 'tests')) return false
      const owners = libraryOwners[library]
      if (owners === undefined) return 'no folder owns this library: house-rules.ts'
      return !owners.some((owner) => isWithin(file.path, owner)) && `belongs to ${owners.join(', ')}`
    }
    expect(listImports(breaks)).toEqual([])
  })

  test('of pages stay out of the realtime code of the web', () => {
    const breaks = (file: SourceFile, { library, file: target }: Import) =>
      isWithin(file.path, 'web/realtime') &&
      ((library !== null && pageLibraries.has(library)) ||
        (target !== null && /\.tsx$|^web\/(components|pages|hooks|graphql)\//.test(target))) &&
      'web/realtime is plain TypeScript'
    expect(listImports(breaks)).toEqual([])
  })
})

describe('files', () => {
  test(`have no more than ${maxLines} lines`, () => {
    expect(code.filter((file) => file.lineCount > maxLines).map((file) => `${file.path}: ${file.lineCount}`)).toEqual(
      [],
    )
  })

  test('lie in folders whose names say what is in them', () => {
    const isEmpty = (file: SourceFile) =>
      file.path
        .split('/')
        .slice(0, -1)
        .some((part) => emptyFolderNames.includes(part))
    expect(files.filter(isEmpty).map((file) => file.path)).toEqual([])
  })

  test('of use cases, queries and hooks say in a docblock what they export', () => {
    const isDocumented = ['server/services', 'db/queries', 'web/hooks']
    const inScope = code.filter((file) => isDocumented.some((place) => isWithin(file.path, place)))
    expect(inScope.flatMap(listUndocumentedExports)).toEqual([])
  })
})

test('the environment is read by the settings alone', () => {
  const readers = code.filter(
    (file) => !environmentReaders.some((place) => isWithin(file.path, place)) && readsEnvironment(file),
  )
  expect(readers.map((file) => file.path)).toEqual([])
})

test('every use of the system role is known, with its reason', () => {
  const uses = files
    .filter((file) => !isWithin(file.path, 'tests'))
    .flatMap((file) => file.nodes.flatMap((node) => toSystemReason(node)).map((reason) => `${file.path}: ${reason}`))
  expect([...new Set(uses)].sort()).toEqual([...systemReasons].sort())
})

function listImports(explain: (file: SourceFile, imported: Import) => string | false): string[] {
  return files.flatMap((file) =>
    file.imports.flatMap((imported) => {
      const why = explain(file, imported)
      return why === false ? [] : [`${file.path} -> ${imported.specifier}: ${why}`]
    }),
  )
}

type Area = { place: string; floor: number } | { place: string; mayImport: string[] }

function findArea(file: string): Area | null {
  const areas: Area[] = [
    ...floors.flatMap((places, floor) => places.map((place) => ({ place, floor }))),
    ...Object.entries(islands).map(([place, mayImport]) => ({ place, mayImport })),
  ]
  const matching = areas.filter((area) => isWithin(file, area.place))
  return matching.sort((a, b) => b.place.length - a.place.length)[0] ?? null
}

function explainImport(importer: string, target: string): string | false {
  const [from, to] = [findArea(importer), findArea(target)]
  if (from === null || to === null) return from === null && 'this file has no place in the house'
  if (from.place === to.place) return false
  if ('mayImport' in from)
    return !from.mayImport.some((place) => isWithin(target, place)) && `${from.place} may not import this`
  if ('mayImport' in to) return `${to.place} stands apart`
  if (to.floor < from.floor) return false
  return to.floor === from.floor
    ? `${from.place} and ${to.place} are on one floor`
    : `${to.place} is above ${from.place}`
}

function readsEnvironment(file: SourceFile): boolean {
  const isProcess = (value: unknown) => readField(value, 'name') === 'process'
  return file.nodes.some((node) => {
    if (node.type === 'ImportDeclaration')
      return ['node:process', 'process'].includes(String(readField(node['source'], 'value')))
    if (node.type === 'VariableDeclarator') return isProcess(node['init'])
    if (node.type !== 'MemberExpression' || !isProcess(node['object'])) return false
    const property = node['property']
    return readField(property, 'name') === 'env' || readField(property, 'value') === 'env'
  })
}

function toSystemReason(node: SyntaxNode): string[] {
  if (node.type !== 'CallExpression') return []
  const called = readField(readField(node['callee'], 'property'), 'name')
  if (called !== 'withSystem' && called !== 'readWithSystem') return []
  const reason = Array.isArray(node['arguments']) ? readField(node['arguments'][0], 'value') : undefined
  return [typeof reason === 'string' ? reason : '(a reason that is not written out)']
}

function listUndocumentedExports(file: SourceFile): string[] {
  const declared = new Set(['FunctionDeclaration', 'ClassDeclaration', 'VariableDeclaration'])
  return file.nodes
    .filter(
      (node) => node.type === 'ExportNamedDeclaration' && declared.has(String(readField(node['declaration'], 'type'))),
    )
    .filter((node) => !file.text.slice(0, node.start).trimEnd().endsWith('*/'))
    .map((node) => `${file.path}:${file.text.slice(0, node.start).split('\n').length}`)
}
