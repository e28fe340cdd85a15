/** What differs between two certificates of one moment: a file that was issued, and what the database says now. */
import { canonicalJson, digestOf, notDigested } from './canonical-json.ts';
import type { Certificate, CertificateGap } from './certificate.contract.ts';
import { talliedKinds, type TalliedKind } from './coverage.contract.ts';

export type Difference = {
  inputs: { input: string; rows: [file: number, now: number]; sha256: [file: string, now: string] }[];
  totals: { kind: TalliedKind; figure: 'required' | 'met' | 'missing'; side_cm: [file: number, now: number] }[];
  appeared: CertificateGap[];
  vanished: CertificateGap[];
  /** Under the same key, but longer, shorter, older or another's. */
  changed: { file: CertificateGap; now: CertificateGap }[];
  /** Other members that are not the same, by name. */
  members: string[];
};

/**
 * null when they are the same. By what was known when does not count as a difference: that is what is asked.
 */
export function compareCertificates(file: Certificate, now: Certificate): Difference | null {
  if (digestOf({ ...now, known_at: file.known_at }) === digestOf(file)) return null;
  const ofFile = new Map(file.gaps.map((gap) => [gap.key, gap]));
  const ofNow = new Map(now.gaps.map((gap) => [gap.key, gap]));
  return {
    inputs: now.inputs.flatMap((one) => {
      const was = file.inputs.find(({ input }) => input === one.input) ?? { rows: 0, sha256: '' };
      if (was.sha256 === one.sha256 && was.rows === one.rows) return [];
      return [{ input: one.input, rows: [was.rows, one.rows], sha256: [was.sha256, one.sha256] }];
    }),
    totals: talliedKinds.flatMap((kind) =>
      (['required', 'met', 'missing'] as const).flatMap((figure) => {
        const side_cm: [number, number] = [file.totals[kind][figure], now.totals[kind][figure]];
        return side_cm[0] === side_cm[1] ? [] : [{ kind, figure, side_cm }];
      }),
    ),
    appeared: now.gaps.filter(({ key }) => !ofFile.has(key)),
    vanished: file.gaps.filter(({ key }) => !ofNow.has(key)),
    changed: file.gaps.flatMap((gap) => {
      const there = ofNow.get(gap.key);
      return there && canonicalJson(there) !== canonicalJson(gap) ? [{ file: gap, now: there }] : [];
    }),
    members: (Object.keys({ ...now, ...file }) as (keyof Certificate)[])
      .filter((name) => !notDigested.has(name) && !['gaps', 'inputs', 'totals', 'known_at'].includes(name))
      .filter((name) => canonicalJson(file[name] ?? null) !== canonicalJson(now[name] ?? null))
      .toSorted(),
  };
}

/** Whether the file is as it was issued: its digest holds, and so do the sums that anybody can check without us. */
export function faultsOfFile(file: Certificate): { digest: boolean; sums: string[] } {
  const sums: string[] = [];
  for (const kind of talliedKinds) {
    const { required, met, missing } = file.totals[kind];
    const lines = file[kind] as { required: number; met: number; missing: number }[];
    const inGaps = file.gaps.reduce((sum, gap) => sum + (gap.kind === kind ? gap.side_cm : 0), 0);
    if (required !== met + missing) sums.push(`${kind}: ${required} ≠ ${met} + ${missing}`);
    if (lines.some((line) => line.required !== line.met + line.missing)) sums.push(`${kind}: required ≠ met + missing`);
    if (lines.reduce((sum, line) => sum + line.missing, 0) !== missing || inGaps !== missing)
      sums.push(`${kind}: Σ gaps ${inGaps} ≠ ${missing}`);
  }
  return { digest: digestOf(file) === file.digest, sums };
}
