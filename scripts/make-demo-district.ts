import { mkdirSync, writeFileSync } from 'node:fs';
import { generateDistrict } from './demo-district/district.ts';

/** Writes the demo district to geodata/demo/. Run it after changing anything in scripts/demo-district/; see geodata/README.md. */
const folder = new URL('../geodata/demo/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(generateDistrict())) {
  writeFileSync(new URL(name, folder), content);
  process.stdout.write(`${name.padEnd(20)} ${(content.length / 1000).toFixed(0).padStart(5)} kB\n`);
}
