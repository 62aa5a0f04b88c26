/** Builds the page to `dist/web`: nothing inline (the content security policy allows no inline script), no outside hosts. */
import { fileURLToPath } from 'node:url'
import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: fromHere('.'),
  plugins: [preact({ reactAliasesEnabled: true, devToolsEnabled: false })],
  define: { 'globalThis.__DEV__': JSON.stringify(false) },
  build: {
    outDir: fromHere('../dist/web'),
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { host: '127.0.0.1' },
})
