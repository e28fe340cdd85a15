/** What must hold before a certificate is issued. Each figure is come to in two ways that share as little as they can. */
import { roadClass, roleKeys } from '../http/shapes.ts';
import type { CertificateGap, CertificateHead } from './certificate.contract.ts';
import type { Held, Partition, Tiling } from './certificate.queries.ts';
import type { TalliedKind } from './coverage.contract.ts';
import type { TallyRow } from './coverage.queries.ts';

/** An identity does not hold: a fault of ours, so no certificate. The message says which, and by how much. */
export class CertificateUnsound extends Error {}

type Sum = { required: number; met: number; missing: number };
export type Ledger = {
  /** Books a gap as missing. */
  add: (gap: CertificateGap) => void;
  /** @throws CertificateUnsound unless required = met + missing in every line, and the assignments alone say the same. */
  close: () => Pick<CertificateHead, 'unheld' | 'unwalked' | 'unzoned' | 'totals' | 'identities'> & {
    counts: CertificateHead['listed'];
  };
};

const lineOf = (kind: TalliedKind, roadClass: unknown, role: unknown, duty: unknown, from: string | null): string =>
  [kind, roadClass, role ?? '', duty ?? '', from ?? ''].join(' ');

/**
 * Required and met come from the tallies (sums over segments), missing from the gaps (maximal stretches of multiranges).
 * @param held what the assignments alone say of kind unheld.
 */
export function createLedger(tallies: Record<TalliedKind, TallyRow[]>, held: Held[]): Ledger {
  const missing = new Map<string, number>();
  const counts = { unheld: 0, unwalked: 0, unzoned: 0 };

  const summed = (kind: TalliedKind, row: TallyRow): Sum => {
    const line = lineOf(kind, row.key, row.role, row.duty, row.period_from?.toISOString() ?? null);
    const sum = { required: row.required ?? 0, met: row.met ?? 0, missing: missing.get(line) ?? 0 };
    missing.delete(line);
    insist(
      sum.required === sum.met + sum.missing,
      `${line}: ${sum.required} required, ${sum.met} met, ${sum.missing} in gaps`,
    );
    return sum;
  };
  /** In the order of roles, duties, periods and classes, whichever of them is longer. */
  const asked = (kind: TalliedKind): TallyRow[] => {
    const place = ({ role, duty, period_from, key }: TallyRow): string =>
      `${role === null ? '' : roleKeys.indexOf(role)} ${duty} ${period_from?.toISOString()} ${roadClass.options.indexOf(key as never)}`;
    return tallies[kind].filter(({ required }) => required !== null).toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
  };

  return {
    add(gap) {
      const kind = gap.kind as TalliedKind;
      const line = lineOf(kind, gap.road?.class, gap.role, gap.duty, gap.period?.from ?? null);
      missing.set(line, (missing.get(line) ?? 0) + gap.side_cm);
      counts[kind] += 1;
    },
    close() {
      const unheld = asked('unheld').map((row) => ({
        role: row.role!,
        class: row.key as never,
        ...summed('unheld', row),
      }));
      const unwalked = asked('unwalked').map((row) => ({
        duty: row.duty!,
        role: row.role!,
        class: row.key as never,
        per: row.per!,
        period: { from: row.period_from!.toISOString(), to: row.period_to!.toISOString() },
        ...summed('unwalked', row),
        tolerated: row.tolerated ?? 0,
      }));
      const unzoned = asked('unzoned').map((row) => ({ class: row.key as never, ...summed('unzoned', row) }));
      insist(missing.size === 0, `gaps of which nothing is required: ${[...missing.keys()].join('; ')}`);
      for (const row of unwalked) insist(row.tolerated <= row.met, `${row.duty}: more tolerated than met`);
      for (const { role, class: roadClass, ...sum } of held) {
        const line = unheld.find((one) => one.role === role && one.class === roadClass);
        insist(
          line !== undefined && line.required === sum.required && line.met === sum.met && line.missing === sum.missing,
          `${role} on ${roadClass}: the assignments alone say ${JSON.stringify(sum)}, the segments ${JSON.stringify(line)}`,
        );
      }
      insist(held.length === unheld.length, 'the assignments alone have other roles and classes than the segments');
      return {
        unheld,
        unwalked,
        unzoned,
        totals: { unheld: total(unheld), unwalked: total(unwalked), unzoned: total(unzoned) },
        counts,
        identities: [
          {
            identity: 'required = met + missing, for every role, duty and class',
            checked: unheld.length + unwalked.length + unzoned.length,
          },
          { identity: 'the assignments alone, without the segments, give the same sums', checked: held.length },
        ],
      };
    },
  };
}

/** @throws CertificateUnsound for a road that its segments do not partition, or whose kept segments are other ones. */
export function soundPartition(found: Partition): Pick<CertificateHead, 'segments' | 'identities'> {
  const { roads, length_cm, segments, failing, failing_road, different, different_road } = found;
  insist(failing === 0, `the segments of ${failing} roads (road ${failing_road} first) do not partition them`);
  insist(
    different === 0,
    `the kept segments of ${different} roads (road ${different_road} first) are not what the facts give`,
  );
  return {
    segments: { roads, length_cm, segments, failing: 0 },
    identities: [{ identity: 'segments partition both sides of every road', checked: roads }],
  };
}

/**
 * Overlays snap to a grid of a millimetre, so areas agree to within a millimetre along all borders, and a square metre.
 * @throws CertificateUnsound unless area = covered + hole and children = covered + overlap + outside.
 */
export function soundTiling(found: Tiling[]): Pick<CertificateHead, 'tiling' | 'identities'> {
  for (const { parent: one, all_borders_m } of found) {
    const give = 1 + all_borders_m / 1000;
    const whole = one.area_m2 - one.covered_m2 - one.hole_m2;
    const parts = one.children_m2 - one.covered_m2 - one.overlap_m2 - one.outside_m2;
    insist(Math.abs(whole) <= give, `zone ${one.zone.code}: area differs from covered + hole by ${whole} m²`);
    insist(Math.abs(parts) <= give, `zone ${one.zone.code}: its children differ from their parts by ${parts} m²`);
  }
  return {
    tiling: {
      parents: found.map(({ parent }) => parent),
      holds: found.every(({ parent }) => parent.tiles),
    },
    identities: [{ identity: 'area = covered + hole; children = covered + overlap + outside', checked: found.length }],
  };
}

function total(lines: Sum[]): Sum {
  const sum = { required: 0, met: 0, missing: 0 };
  for (const line of lines) {
    sum.required += line.required;
    sum.met += line.met;
    sum.missing += line.missing;
  }
  insist(sum.required === sum.met + sum.missing, 'the totals do not add up');
  return sum;
}

function insist(holds: boolean, otherwise: string): void {
  if (!holds) throw new CertificateUnsound(`No certificate: ${otherwise}.`);
}
