/** Builds the client into dist/client, which the API serves at `/`. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('./client', import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL('./dist/client', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022', // what district offices run: Chrome 94 and later, and the Chinese browsers built on it
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // While the client is worked on: `npx vite` beside a running server.
  server: { proxy: Object.fromEntries(['/api', '/tiles', '/base'].map((path) => [path, 'http://127.0.0.1:8080'])) },
});
