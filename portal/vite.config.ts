import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const api = process.env.CREATOR_STUDIO_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    host: '127.0.0.1',
    proxy: { '/v1': api, '/docs': api, '/openapi.json': api },
  },
  build: {
    target: 'es2022',
    // No inline data: the page runs under `script-src 'self'` and long-lived hashed names.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The first-load check reads it.
    manifest: true,
    rolldownOptions: {
      output: {
        // Named after all pages that share it, such a file would have a name of a hundred letters.
        chunkFileNames: ({ name }) => `assets/${name.startsWith('shared') ? 'shared' : '[name]'}-[hash].js`,
        codeSplitting: {
          groups: [
            // What the first page needs comes in two files: libraries, which a release seldom changes, and ours.
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 3 },
            { name: 'first', tags: ['$initial'], priority: 2 },
            // What later pages share, not a file for each button.
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 30_000, priority: 1 },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
    testTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/client/**', 'src/**/*.test.{ts,tsx}', 'src/main.tsx', 'src/test-setup.ts', 'src/testing/**'],
      reporter: ['text-summary', 'json-summary', 'lcov'],
    },
  },
});
