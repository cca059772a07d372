// Fails when a script uses a component of the library whose styles do not come with it: pages outside the frame have first.css
// alone, those within have frame.css as well. Reads what Vite left in dist/.
import { readFileSync, readdirSync } from 'node:fs';
import { scriptsOutsideTheFrame, stylesAtFirst } from './first-load.mjs';

const assets = new URL('../dist/assets/', import.meta.url);
const read = (file) => readFileSync(new URL(file, assets), 'utf8');
const ending = (end) => readdirSync(assets).filter((file) => file.endsWith(end));
const all = readFileSync(new URL('../node_modules/@mantine/core/styles.css', import.meta.url), 'utf8');

const className = /\.(m_[0-9a-f]+)/g;
const styledBy = (text) => new Set([...text.matchAll(className)].map((match) => match[1]));
const styled = styledBy(all);

/** The classes that scripts name, that the library styles and that these styles leave out. */
function unstyled(scripts, styles) {
  const here = styledBy(styles.map(read).join('\n'));
  const named = scripts.flatMap((file) => read(file).match(/\bm_[0-9a-f]+\b/g) ?? []);
  return [...new Set(named)].filter((name) => styled.has(name) && !here.has(name));
}

const missing = [
  ...unstyled(scriptsOutsideTheFrame(), stylesAtFirst()).map((name) => `${name} in src/theme/first.css`),
  ...unstyled(ending('.js'), ending('.css')).map((name) => `${name} in src/theme/frame.css`),
];
if (missing.length > 0) {
  console.error(`Styles are missing (grep node_modules/@mantine/core/styles for the class):\n${missing.join('\n')}`);
  process.exit(1);
}
