import { defineConfig } from '@hey-api/openapi-ts';

/** The one way the portal talks to the API: generated from the checked-in document. */
export default defineConfig({
  input: process.env.OPENAPI_DOCUMENT ?? '../openapi/creator-studio.json',
  output: { path: 'src/client', postProcess: [] },
  plugins: [
    { name: '@hey-api/client-fetch', throwOnError: true, baseUrl: false },
    '@hey-api/typescript',
    '@hey-api/sdk',
    '@tanstack/react-query',
  ],
});
