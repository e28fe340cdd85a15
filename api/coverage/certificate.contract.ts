/** The certificate on the wire: one document that can be read, added up and verified by someone who does not trust us. */
import { z } from 'zod';
import { id, idText, moment, role, roadClass, sides, zoneLevel } from '../http/shapes.ts';
import { gapProperties, period, warning } from './coverage.contract.ts';

export const CERTIFICATE_SCHEMA = 'luzhang-certificate/1';

const cm = z.number().int();
const sum = {
  required: cm,
  met: cm.meta({ description: 'With what is tolerated.' }),
  missing: cm.meta({ description: 'Added up from the gaps listed, never by subtraction.' }),
};
export const certificateSum = z.object(sum).meta({
  id: 'CertificateSum',
  description:
    'Side-centimetres: a metre of road is 200, because each of its two sides counts on its own. required = met + missing.',
});

const zoneBrief = z.object({ id, code: z.string(), level: zoneLevel, name: z.string() });
const {
  kind,
  fault,
  role: ofRole,
  duty,
  town,
  community,
  bureau_led,
  since,
  who_acts,
  area_m2,
  details,
} = gapProperties.shape;
const place = {
  key: z.string(),
  kind,
  fault,
  road: z.object({ id, external_id: z.string().nullable(), name: z.string().nullable(), class: roadClass }).nullable(),
  from_cm: cm.nullable(),
  to_cm: cm.nullable(),
  length_cm: cm,
  town,
  community,
  since,
  who_acts,
};
export const certificateGap = z
  .object({
    ...place,
    role: ofRole,
    duty,
    period: period.nullable(),
    sides: sides.nullable(),
    side_cm: cm.meta({ description: 'Its part of `missing`: length times sides.' }),
    bureau_led,
  })
  .meta({ id: 'CertificateGap' });
export type CertificateGap = z.infer<typeof certificateGap>;
const standingFault = z.object({ ...place, area_m2, details }).meta({ id: 'CertificateFault' });
export type StandingFault = z.infer<typeof standingFault>;

const nullableText = z.string().nullable();
const conditions = {
  class: roadClass.nullable(),
  town: nullableText.meta({ description: 'Code of the town; null: any.' }),
  zone_kind: nullableText,
  bureau_led: z.boolean().nullable(),
  source: nullableText,
};
export const certificate = z
  .object({
    schema: z.literal(CERTIFICATE_SCHEMA),
    district: z.object({
      key: z.string(),
      name: z.string(),
      name_en: nullableText,
      srid: z.number().int(),
      time_zone: z.string(),
    }),
    zone: zoneBrief.nullable().meta({ description: 'null: the whole district.' }),
    at: z.string(),
    known_at: nullableText.meta({ description: 'What was known then; null: at issued_at.' }),
    issued_at: z.string(),
    unit: z.string(),
    rules: z.object({
      roles: z.array(z.object({ role, required: z.boolean(), status: z.string(), ...conditions })),
      duties: z.array(
        z.object({
          duty: z.string(),
          role,
          times: z.number().int().nullable(),
          per: z.enum(['day', 'week', 'month']),
          share_percent: z.number(),
          hours: nullableText,
          joint_role: role.nullable(),
          joint_minutes: z.number().nullable(),
          key_points: z.boolean(),
          days: z.string(),
          ...conditions,
        }),
      ),
    }),
    roads: z.object({ count: z.number().int(), side_cm: cm.meta({ description: 'Of their stretches in the zone.' }) }),
    unheld: z.array(z.object({ role, class: roadClass, ...sum })),
    unwalked: z.array(
      z.object({
        duty: z.string(),
        role,
        class: roadClass,
        per: z.enum(['day', 'week', 'month']),
        period,
        ...sum,
        tolerated: cm.meta({ description: 'Part of met that was not walked, in segments of which enough was.' }),
      }),
    ),
    unzoned: z.array(z.object({ class: roadClass, ...sum })),
    totals: z.object({ unheld: certificateSum, unwalked: certificateSum, unzoned: certificateSum }),
    tiling: z.object({
      parents: z.array(
        z
          .object({
            zone: zoneBrief,
            children_level: zoneLevel,
            children: z.number().int(),
            area_m2: z.number(),
            children_m2: z.number(),
            covered_m2: z.number(),
            hole_m2: z.number(),
            overlap_m2: z.number(),
            outside_m2: z.number(),
            tiles: z
              .boolean()
              .meta({ description: 'Nothing wider than half a metre and larger than a square metre is off.' }),
          })
          .meta({
            id: 'CertificateTiling',
            description: 'area = covered + hole; children = covered + overlap + outside.',
          }),
      ),
      holds: z.boolean(),
    }),
    segments: z
      .object({ roads: z.number().int(), length_cm: cm, segments: z.number().int(), failing: z.literal(0) })
      .meta({
        description: 'Segments as derived from roads, zones and assignments: they partition both sides of every road.',
      }),
    identities: z.array(z.object({ identity: z.string(), checked: z.number().int() })).meta({
      description: 'What was checked before this was issued, and how many times. Where one fails nothing is issued.',
    }),
    listed: z
      .object({ unheld: cm, unwalked: cm, unzoned: cm })
      .meta({ description: 'How many gaps of each kind are listed.' }),
    gaps: z.array(certificateGap),
    standing: z.array(standingFault),
    warnings: z.array(warning),
    inputs: z.array(
      z
        .object({ input: z.string(), rows: z.number().int(), sha256: z.string(), lines: z.string() })
        .meta({ id: 'CertificateInput', description: '`lines` says what a line is and in which order they are.' }),
    ),
    digest: z.string().meta({
      description: 'SHA-256 over the canonical JSON (RFC 8785) of this document without `issued_at` and `digest`.',
    }),
  })
  .meta({ id: 'Certificate' });
export type Certificate = z.infer<typeof certificate>;
/** All of it but the gaps, which may be hundreds of thousands. */
export type CertificateHead = Omit<Certificate, 'gaps'>;

export const certificateQuery = z.object({
  at: moment
    .optional()
    .meta({ description: 'Default now. Not in the future: what is still to come cannot be certified.' }),
  zone_id: idText.optional(),
  known_at: moment.optional().meta({
    description:
      'By what was known then: assignments made or ended later and patrols received later are left out of account.',
  }),
});
export type CertificateQuery = z.infer<typeof certificateQuery>;
export const certificatePageQuery = certificateQuery.extend({ lang: z.enum(['zh', 'en']).default('zh') });

export const laterChangesQuery = z.object({
  since: moment,
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export type LaterChangesQuery = z.infer<typeof laterChangesQuery>;
export const laterChanges = z
  .object({
    since: z.string(),
    count: z.number().int(),
    changes: z.array(z.object({ id, at: z.string(), actor: z.string(), kind: z.string(), note: nullableText })),
    patrols: z.array(
      z.object({ external_id: z.string(), chief: z.string(), role, started_at: z.string(), received_at: z.string() }),
    ),
    patrol_count: z.number().int(),
  })
  .meta({
    id: 'LaterChanges',
    description: 'What was written after a certificate was issued, the first changes first.',
  });
export type LaterChanges = z.infer<typeof laterChanges>;
