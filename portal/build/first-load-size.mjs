// Adds up the script that the browser must have before the first page can be shown, and fails above the bound.
// gzip is counted, the larger of the two encodings that we serve.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { scriptsAtFirst, stylesAtFirst } from './first-load.mjs';

const boundKilobytes = 200;
const assets = new URL('../dist/assets/', import.meta.url);

const compressed = (file) => gzipSync(readFileSync(new URL(file, assets)), { level: 9 }).length;
const sum = (files) => files.reduce((total, file) => total + compressed(file), 0);
const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

const script = sum(scriptsAtFirst());
console.log(`first load: ${kilobytes(script)} KB of script, ${kilobytes(sum(stylesAtFirst()))} KB of style, compressed; bound ${boundKilobytes} KB of script`);
if (script > boundKilobytes * 1000) {
  console.error('The first load is over its bound: make a route or a library lazy.');
  process.exit(1);
}
