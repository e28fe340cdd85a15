/** Why a figure may mean less than it seems to: what is not asked for must never look like what is kept. */
import type { Knex } from 'knex';
import type { Role } from '../http/shapes.ts';
import type { AskedTime, Bindings } from './asked.ts';
import type { CoverageWarning, TalliedKind } from './coverage.contract.ts';

type Asked = {
  kind: TalliedKind;
  time: AskedTime;
  /** Side-centimetres. */
  required: number;
  road_weight: number;
  zone_id?: number | undefined;
  role?: Role | undefined;
  /** Of duties: the period that is running was asked for. */
  running?: boolean;
};

export async function warningsOf(
  db: Knex,
  { kind, time, required, road_weight, zone_id, role, running }: Asked,
): Promise<CoverageWarning[]> {
  const { rows } = await db.raw<{
    rows: {
      born: Date | null;
      ahead: boolean;
      zones: boolean;
      rules: boolean;
      points: boolean;
      wants_points: boolean;
    }[];
  }>(
    `select least((select min(at) from change_log), (select min(lower(validity)) from assignments)) as born,
       :moment::timestamptz > now() as ahead,
       exists (select from zones where level = 'community') as zones,
       exists (select from patrol_rules where times is not null and validity @> :moment::timestamptz) as rules,
       exists (select from patrol_rules where times is not null and key_points and (:role::text is null or role = :role::text) and validity @> :moment::timestamptz) as wants_points,
       exists (select from key_points where validity @> :moment::timestamptz) as points`,
    { moment: time.moment, role: role ?? null } as Bindings,
  );
  const { born, ahead, zones, rules, points, wants_points } = rows[0]!;
  const found: CoverageWarning[] = [];
  const warn = (code: CoverageWarning['code'], message: string): void => void found.push({ code, message });
  if (born === null || new Date(time.moment) < born) {
    warn(
      'before_records',
      `The records begin at ${born?.toISOString() ?? 'no time'}; what is said of an earlier date rests on roads and zones as they are now.`,
    );
  }
  if (ahead || (kind === 'unwalked' && running))
    warn('not_over', 'The time that is asked about is not over, so the figures will change.');
  if (road_weight === 0) {
    warn('no_roads', zone_id === undefined ? 'There is no road to look at.' : 'No road lies in this zone.');
  } else if (required === 0) {
    warn('nothing_required', 'Nothing is required of these roads, so nothing can be missing: see /api/rules.');
  }
  if (!zones) warn('no_zones', 'No community is registered, so every metre is unzoned: import zones.');
  if (kind === 'unwalked' && !rules)
    warn('no_rules', 'No rule says how often anything is to be walked: see /api/rules.');
  if (kind === 'unwalked' && wants_points && !points) {
    warn('no_key_points', 'The general chief inspects key points, but none is registered: see /api/key-points.');
  }
  return found;
}
