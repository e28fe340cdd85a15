/** The tile layers: what each stands on, how it can be filtered, and what its features carry. */
import { z } from 'zod';
import type { DataKind } from '../database/change-log.ts';
import { standingFault, standingKind } from '../coverage/standing-faults.contract.ts';
import { issueFilters, verdict } from '../issues/issues.contract.ts';
import { idText, moment, roadClass, roadStatus, role, zoneLevel } from '../http/shapes.ts';

export type TileLayer = {
  description: string;
  /** Below it a tile is empty. */
  minzoom: number;
  /** Kinds of data whose change changes its tiles. */
  stands_on: DataKind[];
  /** Reads `segments`, which have to be as of now. */
  as_of_now: boolean;
  /** Says something else after midnight, whatever is written. */
  changes_daily?: boolean;
  filters: z.ZodObject;
  fields: Record<string, string>;
};

/** Deeper tiles answer too, but need not be asked for: a unit of zoom 16 is 13 cm. */
export const MAXZOOM = 16;

const joined = 'Absent in a tile of more than 6,000 stretches, where those that look alike are one feature.';
const together =
  'Absent in a tile of more than 6,000 passes, where those of one road and role are one feature with the latest time.';
const many = 'Absent in a tile of more than 6,000 faults, where those of one kind and shape are one feature.';
/** Where a stretch lies; the same in every layer of stretches. */
const stretchFields = {
  road_id: `Number. ${joined}`,
  name: `String. Name of the road. ${joined}`,
  class: 'String. Class of the road.',
  from_m: `Number. ${joined}`,
  to_m: `Number. ${joined}`,
  sides: 'String: left, right, both.',
};
const holder = (slot: string): string => `Number. Chief who holds it as ${slot}; absent when nobody does.`;

export const tileLayers = {
  roads: {
    description: 'Roads. Main ones from zoom 8, secondary 9, branch 10, alley and service 12, all from 13.',
    minzoom: 8,
    stands_on: ['roads', 'zones'],
    as_of_now: false,
    filters: z.object({ class: roadClass.optional(), status: roadStatus.optional(), zone_id: idText.optional() }),
    fields: {
      id: `Number. ${joined}`,
      name: `String. ${joined}`,
      class: 'String: main, secondary, branch, alley, service, path, other.',
      status: 'String: planned, built, handed_over.',
      layer: 'Number. 0 on the ground, 1 on a bridge, -1 in a tunnel.',
      length_m: `Number. Of the whole road. ${joined}`,
    },
  },
  segments: {
    description: 'Stretches on which zone, community and all six holders are constant, as of now. Classes as in roads.',
    minzoom: 8,
    stands_on: ['roads', 'zones', 'assignments', 'rules'],
    as_of_now: true,
    filters: z.object({ class: roadClass.optional(), zone_id: idText.optional(), chief_id: idText.optional() }),
    fields: {
      ...stretchFields,
      town_id: 'Number. Zone.',
      community_id: 'Number. Zone.',
      bureau_led: 'Boolean.',
      general: holder('总路长'),
      town_l1: holder('镇街一级路长'),
      management_l1: holder('城管一级路长'),
      community_l2: holder('社区二级路长'),
      management_l2: holder('城管二级路长'),
      sanitation_l2: holder('环卫二级路长'),
      missing: 'String. Required roles that nobody holds, with commas; absent when there is none.',
    },
  },
  gaps: {
    description:
      'Stretches that lack a required role, one feature per role. All classes from zoom 10, main and secondary before.',
    minzoom: 8,
    stands_on: ['roads', 'zones', 'assignments', 'rules'],
    as_of_now: true,
    filters: z.object({ role: role.optional(), class: roadClass.optional(), zone_id: idText.optional() }),
    fields: {
      role: 'String. The role that is missing.',
      ...stretchFields,
      length_m: `Number. ${joined}`,
    },
  },
  zones: {
    description: 'Zones. Communities from zoom 10, grid cells from zoom 13, unless a level is asked for.',
    minzoom: 6,
    stands_on: ['zones'],
    as_of_now: false,
    filters: z.object({
      level: zoneLevel.optional(),
      zone_id: idText.optional().meta({ description: 'The zone and what is directly inside it.' }),
    }),
    fields: {
      id: 'Number.',
      code: 'String.',
      level: 'String: district, town, community, grid, bureau.',
      name: 'String.',
      parent_id: 'Number. Absent at the top.',
    },
  },
  issues: {
    description: 'Issues. Below zoom 14 those within 2 pixels (4 below zoom 12) are one point, the newest.',
    minzoom: 8,
    stands_on: ['issues', 'zones'],
    as_of_now: false,
    filters: z.object({ ...issueFilters, verdict: z.enum([...verdict.options, 'chosen']).optional() }),
    fields: {
      id: 'Number.',
      kind: 'String: part, matter.',
      code: 'String. Category.',
      surface: 'String: ground, facade, roof.',
      status: 'String: reported, filed, dispatched, resolved, closed, void.',
      verdict: 'String: matched, ambiguous, no_road, chosen.',
      reported_at: 'Number. Unix seconds.',
      road_id: 'Number. Absent on no road.',
      count: 'Number of issues at this point.',
    },
  },
  passes: {
    description:
      'Stretches that patrols walked, one feature a pass. From zoom 12. from and to ask for the time at which a pass began.',
    minzoom: 12,
    stands_on: ['patrols', 'roads'],
    as_of_now: false,
    filters: z.object({
      from: moment.optional(),
      to: moment.optional(),
      role: role.optional(),
      chief_id: idText.optional(),
      patrol_id: idText.optional(),
    }),
    fields: {
      patrol_id: `Number. ${together}`,
      chief_id: `Number. ${together}`,
      role: 'String. Of the chief when the patrol came in.',
      road_id: 'Number.',
      confidence: 'Number from 0 to 1. Probability that these metres were walked then.',
      credited: 'Boolean. Confident enough to count as walked.',
      direction: `String: forward, backward, both. ${together}`,
      walked: 'Number. Unix seconds of its start.',
    },
  },
  unwalked: {
    description:
      'Stretches that were not walked as a duty asks, one feature per duty, in the last period that was over (or the running one). Classes as in gaps.',
    minzoom: 8,
    stands_on: ['roads', 'zones', 'assignments', 'patrols', 'rules'],
    as_of_now: true,
    changes_daily: true,
    filters: z.object({
      role: role.optional(),
      duty: z.string().max(40).optional(),
      class: roadClass.optional(),
      zone_id: idText.optional(),
      chief_id: idText.optional(),
      period: z.enum(['ended', 'running']).optional(),
    }),
    fields: {
      role: 'String. The role whose duty it is.',
      duty: 'String. Key of the duty, see /api/rules.',
      chief_id: 'Number. Who holds it; absent when nobody does.',
      ...stretchFields,
      length_m: `Number. ${joined}`,
    },
  },
  unzoned: {
    description: 'Metres of road that lie in no community. Classes as in gaps.',
    minzoom: 8,
    stands_on: ['roads', 'zones', 'assignments'],
    as_of_now: true,
    filters: z.object({ class: roadClass.optional() }),
    fields: {
      ...stretchFields,
      length_m: `Number. ${joined}`,
    },
  },
  faults: {
    description:
      'Faults of the inventory and of the zones, as of now: points, lines and polygons. From zoom 10. Kinds: unregistered, inventory, zones.',
    minzoom: 10,
    stands_on: ['standing'],
    as_of_now: false,
    filters: z.object({ kind: standingKind.optional(), fault: standingFault.optional() }),
    fields: {
      id: `Number. ${many}`,
      kind: 'String: unregistered, inventory, zones.',
      fault: 'String: unnamed, short, duplicate, disconnected, end_gap, crossing; overlap, hole, outside_parent; …',
      road_id: `Number. ${many}`,
      other_road_id: `Number. The road that is repeated, missed or crossed. ${many}`,
      length_m: `Number. 0 for points and polygons. ${many}`,
      area_m2: `Number. Of polygons. ${many}`,
    },
  },
} satisfies Record<string, TileLayer>;

export type LayerName = keyof typeof tileLayers;
export const layerNames = Object.keys(tileLayers) as LayerName[];

export const tileJson = z
  .object({
    tilejson: z.literal('3.0.0'),
    name: z.string(),
    description: z.string(),
    version: z.string(),
    scheme: z.literal('xyz'),
    tiles: z.array(z.string()).min(1),
    minzoom: z.number().int(),
    maxzoom: z.number().int(),
    bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
    vector_layers: z.array(
      z.object({
        id: z.string(),
        description: z.string(),
        minzoom: z.number().int(),
        maxzoom: z.number().int(),
        fields: z.record(z.string(), z.string()),
      }),
    ),
  })
  .meta({ id: 'TileJson', description: 'TileJSON 3.0. The addresses of the tiles carry the version of the data.' });
export type TileJson = z.infer<typeof tileJson>;

const layer = z.enum(layerNames).meta({ description: 'The layer.' });
const filters = z.object({
  ...allFilters(),
  v: z.string().max(64).optional().meta({ description: 'The version that the TileJSON gave; only for caches.' }),
});

/** The filters of all layers together, each with the layers that know it; for the OpenAPI document. */
function allFilters(): Record<string, z.ZodType> {
  const all: Record<string, { shapes: Map<string, z.ZodType>; layers: string[] }> = {};
  for (const name of layerNames) {
    for (const [key, shape] of Object.entries<z.ZodType>(tileLayers[name].filters.shape)) {
      const filter = (all[key] ??= { shapes: new Map(), layers: [] });
      const { description: _description, ...schema } = z.toJSONSchema(shape, { io: 'input' });
      filter.shapes.set(JSON.stringify(schema), shape);
      filter.layers.push(name);
    }
  }
  return Object.fromEntries(
    Object.entries(all).map(([key, { shapes, layers }]) => {
      const [shape, ...others] = shapes.values();
      // Layers may mean different things by one word, as by the kind of an issue and of a fault.
      const either = others.length === 0 ? shape! : z.union([shape!, ...others]).optional();
      return [key, either.meta({ description: `Layers: ${layers.join(', ')}.` })];
    }),
  );
}

/** The two addresses as the OpenAPI document shows them; they are served by tiles.routes.ts. */
export const tileDescriptions = [
  {
    method: 'get' as const,
    path: '/tiles/{layer}.json' as const,
    tag: 'tiles',
    summary: 'TileJSON 3.0 of a layer: read it again after a write, its tile addresses carry the version of the data',
    description: 'Filters given here are passed on to the tile addresses.',
    params: z.object({ layer }),
    query: filters,
    answer: tileJson,
    problems: [404],
  },
  {
    method: 'get' as const,
    path: '/tiles/{layer}/{z}/{x}/{y}.mvt' as const,
    tag: 'tiles',
    summary: 'A Mapbox Vector Tile of one layer, 4096 units wide, to be drawn 512 pixels wide',
    description: layerNames.map((name) => `**${name}**: ${tileLayers[name].description}`).join('\n\n'),
    params: z.object({ layer, z: z.int().min(0).max(24), x: z.int().min(0), y: z.int().min(0) }),
    query: filters,
    answer: z.string(),
    contentType: 'application/vnd.mapbox-vector-tile',
    problems: [404],
  },
];
