/**
 * Issues the certificate: everything in one repeatable-read transaction, so that all parts see one state, and nothing
 * before every identity holds. What is missing is added up from the gaps listed; what is required and met comes from the
 * tallies; that the two agree is checked, not assumed.
 *
 * The document is given out as text in canonical order while the gaps are read: a city's are hundreds of thousands.
 */
import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { ZoneLevel } from '../http/shapes.ts';
import { readRange } from '../http/units.ts';
import { Problem } from '../problems.ts';
import { askedTime, type AskedTime } from './asked.ts';
import { canonicalJson } from './canonical-json.ts';
import {
  CERTIFICATE_SCHEMA,
  type CertificateGap,
  type CertificateHead,
  type CertificateQuery,
  type StandingFault,
} from './certificate.contract.ts';
import { utcText } from '../database/utc-text.ts';
import { heldDirectly, inputsOf, partitionOf, rulesAt, tilingOf } from './certificate.queries.ts';
import { createLedger, soundPartition, soundTiling } from './certificate-identities.ts';
import { gapKinds, talliedKinds, type CoverageWarning, type TalliedKind } from './coverage.contract.ts';
import { tallyRows, type TallyRow } from './coverage.queries.ts';
import { streamGaps, type StreamedGap } from './gaps.queries.ts';
import { roadsDue } from '../segments/segments.ts';
import { ensureStanding } from './standing-faults.ts';
import { warningsOf } from './warnings.ts';

const UNIT =
  'Side-centimetres: each side of a road counts on its own, so a metre of road is 200. A centimetre on one side is 1. 单位为侧厘米：道路左右两侧分别计算，1 米道路为 200。';

/** Of the settings: how the district is called. */
export type Named = { district: string; district_name: string | null };
export type Seen = (gap: StreamedGap & { listed: CertificateGap | StandingFault }) => void;
/** SQL for what a gap shows on a map; nothing where only the document is wanted. */
export type Shown = { geometry: string; seen: Seen };

/**
 * The document as pieces of text; what is returned at the end is all of it but the gaps.
 * @throws Problem `not_found` for an unknown zone, `invalid` for a grid cell or a moment still to come;
 * CertificateUnsound, after part of the text, when an identity does not hold.
 */
export async function* certificateText(
  db: Knex,
  named: Named,
  query: CertificateQuery,
  shown?: Shown,
): AsyncGenerator<string, CertificateHead> {
  await ensureStanding(db);
  const { kept, known } = await askedTime(db, query);
  const trx = await db.transaction({ isolationLevel: 'repeatable read' });
  try {
    const moment = await momentOf(trx, query);
    // An assignment may have begun since the kept segments were looked at, outside of this transaction.
    const time: AskedTime = {
      moment: moment.at,
      kept: kept && (await roadsDue(trx))?.length === 0,
      known: known && moment.known_at,
    };
    return yield* documentText(trx, named, { ...query, time, issued_at: moment.issued_at }, shown);
  } finally {
    await trx.rollback();
  }
}

type Asked = CertificateQuery & { time: AskedTime; issued_at: string };

async function* documentText(
  trx: Knex.Transaction,
  named: Named,
  asked: Asked,
  shown: Shown | undefined,
): AsyncGenerator<string, CertificateHead> {
  const { time, zone_id, issued_at } = asked;
  const hash = createHash('sha256');
  let first = true;
  const piece = (text: string): string => {
    hash.update(text);
    return text;
  };
  const member = (name: string, value: unknown): string => {
    const text = `${first ? '{' : ','}${JSON.stringify(name)}:${canonicalJson(value)}`;
    first = false;
    return piece(text);
  };
  const facts = await factsOf(trx, named, asked);
  const ledger = createLedger(facts.tallies, facts.held);

  const before = { at: time.moment, district: facts.district };
  for (const [name, value] of Object.entries(before)) yield member(name, value);

  const standing: StandingFault[] = [];
  const query = {
    kind: [...gapKinds],
    period: 'ended' as const,
    min_length_m: 0,
    ...(zone_id !== undefined && { zone_id }),
  };
  yield piece(',"gaps":[');
  let gaps = 0;
  for await (const batch of streamGaps(trx, query, time, shown?.geometry ?? 'null::json')) {
    let text = '';
    for (const one of batch) {
      const listed = isStanding(one) ? faultListed(one) : gapListed(one);
      shown?.seen({ ...one, listed });
      if ('side_cm' in listed) {
        ledger.add(listed);
        text += `${gaps === 0 ? '' : ','}${canonicalJson(listed)}`;
        gaps += 1;
      } else standing.push(listed);
    }
    yield piece(text);
  }
  yield piece(']');

  const sums = ledger.close();
  const after = {
    identities: [...sums.identities, ...facts.identities],
    inputs: facts.inputs,
    known_at: time.known,
    listed: sums.counts,
    roads: facts.roads,
    rules: facts.rules,
    schema: CERTIFICATE_SCHEMA,
    segments: facts.segments,
    standing,
    tiling: facts.tiling,
    totals: sums.totals,
    unheld: sums.unheld,
    unit: UNIT,
    unwalked: sums.unwalked,
    unzoned: sums.unzoned,
    warnings: await allWarnings(trx, asked, sums.totals, facts.roads.side_cm),
    zone: facts.zone,
  };
  for (const [name, value] of Object.entries(after)) yield member(name, value);
  hash.update('}');
  const digest = hash.digest('hex');
  yield `,"issued_at":${JSON.stringify(issued_at)},"digest":"${digest}"}`;
  return { ...before, ...after, issued_at, digest } as unknown as CertificateHead;
}

async function momentOf(
  trx: Knex,
  { at, known_at }: CertificateQuery,
): Promise<{ at: string; known_at: string | null; issued_at: string }> {
  const { rows } = await trx.raw<{
    rows: { at: string; known_at: string | null; issued_at: string; ahead: boolean }[];
  }>(
    `select ${utcText('coalesce(:at::timestamptz, now())')} as at, ${utcText(':known::timestamptz')} as known_at,
       ${utcText('now()')} as issued_at, coalesce(:at::timestamptz > now(), false) as ahead`,
    { at: at ?? null, known: known_at ?? null } as unknown as Record<string, Knex.RawBinding>,
  );
  const { ahead, ...moment } = rows[0]!;
  if (!ahead) return moment;
  throw new Problem('invalid', `at is ${moment.at}, which is still to come.`, {
    hint: 'Only what is or was can be certified: leave it out for now.',
    errors: [{ path: 'at', message: 'lies in the future', came: at }],
  });
}

type Facts = Pick<
  CertificateHead,
  'district' | 'zone' | 'roads' | 'rules' | 'tiling' | 'segments' | 'inputs' | 'identities'
> & {
  tallies: Record<TalliedKind, TallyRow[]>;
  held: Awaited<ReturnType<typeof heldDirectly>>;
};

async function factsOf(trx: Knex, named: Named, { time, zone_id }: Asked): Promise<Facts> {
  const district = (await trx('district').first<{
    srid: number;
    time_zone: string;
    name: string | null;
    name_en: string | null;
  }>('srid', 'time_zone', 'name', 'name_en'))!;
  const zone =
    zone_id === undefined
      ? null
      : ((await trx('zones')
          .where({ id: zone_id })
          .first<{ id: number; code: string; level: ZoneLevel; name: string } | undefined>(
            'id',
            'code',
            'level',
            'name',
          )) ?? null);
  const tallied = {} as Facts['tallies'];
  for (const kind of talliedKinds) {
    tallied[kind] = await tallyRows(
      trx,
      { kind, group: 'class', period: 'ended', ...(zone_id !== undefined && { zone_id }) },
      time,
    );
  }
  const partition = soundPartition(await partitionOf(trx, { time, zone_id }));
  const tiling = soundTiling(await tilingOf(trx, zone_id));
  const weights = new Map(tallied.unzoned.map(({ key, road_weight }) => [key, road_weight]));
  return {
    district: {
      key: named.district,
      name: named.district_name ?? district.name ?? named.district,
      name_en: district.name_en,
      srid: district.srid,
      time_zone: district.time_zone,
    },
    zone,
    tallies: tallied,
    held: await heldDirectly(trx, { time, zone_id }),
    roads: { count: partition.segments.roads, side_cm: [...weights.values()].reduce((sum, weight) => sum + weight, 0) },
    rules: await rulesAt(trx, time.moment),
    tiling: tiling.tiling,
    segments: partition.segments,
    inputs: await inputsOf(trx, { time, zone_id }),
    identities: [...partition.identities, ...tiling.identities],
  };
}

async function allWarnings(
  trx: Knex,
  { time, zone_id }: Asked,
  totals: CertificateHead['totals'],
  road_weight: number,
): Promise<CoverageWarning[]> {
  const found = new Map<string, CoverageWarning>();
  for (const kind of talliedKinds) {
    const { required } = totals[kind];
    for (const warning of await warningsOf(trx, { kind, time, required, road_weight, zone_id })) {
      // Each kind may have nothing that is required of it; the other warnings are the same for all.
      const message = warning.code === 'nothing_required' ? `${kind}: ${warning.message}` : warning.message;
      found.set(message, { ...warning, message });
    }
  }
  return [...found.values()];
}

const isStanding = ({ row }: StreamedGap): boolean => row.key.startsWith('standing:');

function placeOf({ row, feature: { properties } }: StreamedGap): Omit<StandingFault, 'area_m2' | 'details'> {
  const [from_cm, to_cm] = row.span === null ? [null, null] : readRange(row.span);
  return {
    key: row.key,
    kind: row.kind,
    fault: row.fault,
    road:
      row.road_id === null || row.class === null
        ? null
        : { id: row.road_id, external_id: row.road_external_id, name: row.road_name, class: row.class },
    from_cm,
    to_cm,
    length_cm: from_cm !== null && to_cm !== null ? to_cm - from_cm : (row.fault_length_cm ?? 0),
    town: properties.town,
    community: properties.community,
    since: properties.since,
    who_acts: properties.who_acts,
  };
}

const gapListed = (gap: StreamedGap): CertificateGap => ({
  ...placeOf(gap),
  role: gap.row.role,
  duty: gap.row.duty,
  period: gap.feature.properties.period,
  sides: gap.feature.properties.sides,
  side_cm: gap.row.weight,
  bureau_led: gap.row.bureau_led,
});

const faultListed = (gap: StreamedGap): StandingFault => ({
  ...placeOf(gap),
  area_m2: gap.row.area_m2,
  details: gap.feature.properties.details,
});
