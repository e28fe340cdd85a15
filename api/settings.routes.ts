/** Health, and what the client needs to know before it draws anything. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { roleKeys, type RoadClass, type Role } from './http/shapes.ts';
import { operation, type Operation } from './http/operation.ts';
import { settings, type Settings } from './settings.contract.ts';
import type { Context } from './context.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const health = z
  .object({ status: z.literal('ok'), engine: z.enum(['embedded', 'server']), postgis: z.string(), version: z.string() })
  .meta({ id: 'Health' });

export const settingsOperations: Operation[] = [
  operation(
    {
      method: 'get',
      path: '/api/health',
      tag: 'service',
      summary: 'Is the service up, and on which engine',
      answer: health,
    },
    async ({ context: { db, engine } }) => {
      const { rows } = await db.raw<{ rows: { postgis: string }[] }>('select postgis_lib_version() as postgis');
      return { status: 'ok' as const, engine, postgis: rows[0]!.postgis, version };
    },
  ),
  operation(
    {
      method: 'get',
      path: '/api/settings',
      tag: 'service',
      summary: 'The district, its roles and rules, and the base map',
      answer: settings,
    },
    async ({ context }) => readSettings(context),
  ),
];

type DistrictRow = { name: string | null; name_en: string | null; srid: number; time_zone: string; demo: boolean };

async function readSettings({ db, config }: Context): Promise<Settings> {
  const district = (await db('district').first<DistrictRow>('name', 'name_en', 'srid', 'time_zone', 'demo'))!;
  const rules = await db('role_rules')
    .whereNull('town_id')
    .orderBy(['class', 'role'])
    .select<{ class: RoadClass; role: Role; required: boolean }[]>('class', 'role', 'required');
  const { rows } = await db.raw<{ rows: { bounds: [number, number, number, number] | null }[] }>(`
    select case when box is null then null else array[st_xmin(box), st_ymin(box), st_xmax(box), st_ymax(box)] end as bounds
    from (
      select st_extent(st_transform(outline, 4326)) as box
      from (
        select st_setsrid(st_extent(geom)::geometry, (select srid from district)) as outline from roads
        union all
        select st_setsrid(st_extent(geom)::geometry, (select srid from district)) from zones
      ) outlines
    ) boxes`);
  return {
    district: {
      key: config.district,
      name: config.district_name ?? district.name ?? config.district,
      name_en: district.name_en,
      srid: district.srid,
      time_zone: district.time_zone,
      bounds: rows[0]!.bounds,
      demo: district.demo,
    },
    operator: config.operator,
    roles: [...roleKeys],
    rules,
    base_map: baseMap(config),
    version,
  };
}

function baseMap({ base_map, tianditu_key }: Context['config']): Settings['base_map'] {
  if (base_map) return { kind: 'xyz', urls: [base_map.url], attribution: base_map.attribution, crs: base_map.crs };
  if (!tianditu_key) return null;
  const layer = (name: string): string =>
    `https://t0.tianditu.gov.cn/${name}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${name}&STYLE=default` +
    `&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${tianditu_key}`;
  // The vector base and its Chinese labels are two layers.
  return { kind: 'tianditu', urls: [layer('vec'), layer('cva')], attribution: '天地图', crs: 'wgs84' };
}
