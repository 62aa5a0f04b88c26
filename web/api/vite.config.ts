/** Builds the page at `/api` by itself: in one build with the app its libraries would make shared files of the app larger. */
import { fileURLToPath } from 'node:url'
import preact from '@preact/preset-vite'
import { defineConfig, type Plugin } from 'vite'

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** GraphiQL brings fonts as data, which the content security policy does not load; the page has its own. */
const withoutFonts: Plugin = {
  name: 'without-fonts',
  enforce: 'pre',
  transform(code, id) {
    return /graphiql\/dist\/style\.css/.test(id) ? code.replaceAll(/@font-face\s*\{[^}]*\}/g, '') : null
  },
}

export default defineConfig({
  root: fromHere('.'),
  base: '/api/',
  publicDir: false,
  plugins: [withoutFonts, preact({ reactAliasesEnabled: true, devToolsEnabled: false })],
  resolve: { alias: { 'react-style-singleton': fromHere('constructed-style.ts') } },
  build: {
    outDir: fromHere('../../dist/web/api'),
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What its libraries say of themselves to other bundlers is nothing to warn of here.
    rolldownOptions: { onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log) },
    // An editor, its language and its documentation are one thing here, and nobody waits for a part of it.
    chunkSizeWarningLimit: 1_200,
  },
})
