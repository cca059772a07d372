// Which built files a browser must have: for the first page, which is what index.html's entry imports, and for all
// pages outside the frame. Names are those below dist/assets.
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../dist/.vite/manifest.json', import.meta.url), 'utf8'));
const entry = 'index.html';
const outsideTheFrame = [entry, ...Object.keys(manifest).filter((name) => name.startsWith('src/areas/account/'))];

function withImports(names, found = new Set()) {
  for (const chunk of names.map((name) => manifest[name])) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    withImports(chunk.imports ?? [], found);
  }
  return [...found];
}

const inAssets = (files) => [...new Set(files)].map((file) => file.replace(/^assets\//, ''));
const scripts = (names) => inAssets(withImports(names).map((chunk) => chunk.file));

export const scriptsAtFirst = () => scripts([entry]);
export const stylesAtFirst = () => inAssets(withImports([entry]).flatMap((chunk) => chunk.css ?? []));
export const scriptsOutsideTheFrame = () => scripts(outsideTheFrame);
