/**
 * Where the gzipped cluster with PostGIS in it is kept between starts: beside the installed packages, because it
 * belongs to exactly their versions and goes when they go.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const packages = new URL('../../node_modules/', import.meta.url);

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(new URL(`${name}/package.json`, packages), 'utf8')) as { version: string }).version;
}

export const templateFile = fileURLToPath(
  new URL(
    `.cache/luzhang/cluster-${versionOf('@electric-sql/pglite')}-${versionOf('@electric-sql/pglite-postgis')}.tar.gz`,
    packages,
  ),
);
