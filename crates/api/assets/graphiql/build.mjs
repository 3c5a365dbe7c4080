// Bundles page.jsx with the pinned packages: npm ci && npm run build
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const result = await build({
  entryPoints: { graphiql: 'page.jsx' },
  alias: { 'react-style-singleton': './unstyled.js' },
  bundle: true,
  charset: 'utf8',
  define: { 'process.env.NODE_ENV': '"production"' },
  // Subscriptions go another way; the toolkit loads their client only when asked to.
  external: ['graphql-ws'],
  format: 'iife',
  jsx: 'transform',
  legalComments: 'none',
  loader: { '.css': 'empty' },
  metafile: true,
  minify: true,
  outdir: '.',
  target: 'es2022',
});

// The fonts are most of the style sheet, and every system has fonts of its own.
const style = await readFile('node_modules/graphiql/dist/style.css', 'utf8');
await writeFile('graphiql.css', style.replace(/@font-face\s*\{[^}]*\}/g, ''));

const bundled = Object.keys(result.metafile.inputs).map((file) => file.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
let notices = 'GraphiQL and what is bundled with it, under these licences.\n';
for (const name of [...new Set(bundled)].filter(Boolean).sort()) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(`${folder}/${file}`, 'utf8') : `Licence: ${license}`;
  notices += `\n=== ${name} ${version} (${license})\n\n${text.trim().replace(/\r/g, '')}\n`;
}
await writeFile('LICENSES.txt', notices);
