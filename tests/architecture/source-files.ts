/** The sources as the rules see them: what each file imports, exports, calls and how long it is. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'vite'

export const root = path.resolve(import.meta.dirname, '../..')

export interface SourceFile {
  /** From the root of the repository. */
  path: string
  text: string
  lineCount: number
  imports: Import[]
  nodes: SyntaxNode[]
}

export interface Import {
  /** As written. */
  specifier: string
  /** The file from the root of the repository; null for a package or a part of Node. */
  file: string | null
  /** `@scope/name` or `name`; null for a file or a part of Node. */
  library: string | null
  isTypeOnly: boolean
}

export interface SyntaxNode {
  type: string
  start: number
  [field: string]: unknown
}

/** Every TypeScript and JavaScript file that git knows or would take. */
export function readSourceFiles(): SourceFile[] {
  const flags = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const listed = execFileSync('git', flags, { cwd: root, encoding: 'utf8' }).split('\0')
  return listed
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && existsSync(path.join(root, file)))
    .sort()
    .map(readSourceFile)
}

function readSourceFile(file: string): SourceFile {
  const text = readFileSync(path.join(root, file), 'utf8')
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const nodes = [...walk(program)]
  return {
    path: file,
    text,
    lineCount: text.split('\n').length - 1,
    nodes,
    imports: nodes.flatMap((node) => toImport(file, node)),
  }
}

function* walk(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item)
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (isNode(value)) yield value
  for (const field of Object.values(value)) yield* walk(field)
}

function isNode(value: object): value is SyntaxNode {
  return 'type' in value && typeof value.type === 'string' && 'start' in value
}

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

function toImport(importer: string, node: SyntaxNode): Import[] {
  if (!importing.has(node.type)) return []
  const specifier = readField(node['source'], 'value')
  if (typeof specifier !== 'string' || specifier.startsWith('node:')) return []
  const isTypeOnly =
    node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type' || hasTypesOnly(node)
  const isFile = specifier.startsWith('.')
  const file = isFile ? resolveFile(path.posix.join(path.posix.dirname(importer), specifier)) : null
  const library = isFile ? null : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  return [{ specifier, file, library, isTypeOnly }]
}

function hasTypesOnly(node: SyntaxNode): boolean {
  const specifiers = Array.isArray(node['specifiers']) ? (node['specifiers'] as unknown[]) : []
  return specifiers.length > 0 && specifiers.every((specifier) => readField(specifier, 'importKind') === 'type')
}

/** The pages may leave endings out: their bundler finds them. */
function resolveFile(file: string): string {
  const candidates = [file, `${file}.ts`, `${file}.tsx`, `${file}/index.ts`, `${file}/index.tsx`]
  const found = candidates.find((candidate) =>
    statSync(path.join(root, candidate), { throwIfNoEntry: false })?.isFile(),
  )
  return found ?? file.replace(/\?.*$/, '')
}

export function readField(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined
}
