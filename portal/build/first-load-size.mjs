// Adds up the script that the browser must have before the first route can be shown, and fails above the bound.
// Reads what `npm run build` left in dist/; gzip is counted, the larger of the two encodings that we serve.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const boundKilobytes = 200;
const folder = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', folder), 'utf8'));

const files = new Set();
const styles = new Set();
(function collect(name) {
  const chunk = manifest[name];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  chunk.css?.forEach((file) => styles.add(file));
  chunk.imports?.forEach(collect);
})('index.html');

const compressed = (file) => gzipSync(readFileSync(new URL(file, folder)), { level: 9 }).length;
const sum = (set) => [...set].reduce((total, file) => total + compressed(file), 0);
const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

const script = sum(files);
console.log(`first load: ${kilobytes(script)} KB of script, ${kilobytes(sum(styles))} KB of style, compressed; bound ${boundKilobytes} KB of script`);
if (script > boundKilobytes * 1000) {
  console.error('The first load is over its bound: make a route or a library lazy.');
  process.exit(1);
}
