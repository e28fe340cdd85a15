/** Rules on the wire: which roles a road needs, and how often each role walks it (R5-R8, R13-R42). Data, with dates. */
import { z } from 'zod';
import { id, moment, role, roadClass, roadStatus } from '../http/shapes.ts';

/** Conditions of a rule; null asks for nothing. The most particular rule that fits decides: town, kind, bureau, class. */
const conditions = {
  class: roadClass.nullable(),
  town_id: id.nullable(),
  zone_kind: z.string().min(1).max(40).nullable().meta({
    description: 'Kind of town: subdistrict 街道, town 镇, township 乡, or what a zone says in its property "kind".',
  }),
  bureau_led: z.boolean().nullable().meta({ description: 'Inside the bureau-led area (R7), or outside.' }),
};
const dated = {
  id,
  town_name: z.string().nullable(),
  source: z.string().nullable().meta({ description: 'Where the rule comes from, such as R36.' }),
  valid_from: z.string().nullable().meta({ description: 'null: always.' }),
  valid_to: z.string().nullable(),
};

export const roleRule = z
  .object({ ...dated, role, status: roadStatus, ...conditions, required: z.boolean() })
  .meta({ id: 'RoleRule', description: 'Whether a role is required on roads of a kind.' });
export type RoleRule = z.infer<typeof roleRule>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 06:30');
const cadence = {
  duty: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/, 'lower-case letters, digits and _')
    .meta({ description: 'Key of the duty: rules of one duty stand in for each other, duties are kept side by side.' }),
  role,
  ...conditions,
  times: z
    .number()
    .int()
    .min(1, 'at least once; null where nothing is due')
    .max(24)
    .nullable()
    .meta({ description: 'Patrols that must have covered a metre in the period; null: nothing is due.' }),
  per: z.enum(['day', 'week', 'month']),
  share_percent: z.number().int().min(1).max(100).meta({
    description: "Of a segment's required metres; from there on the rest is tolerated.",
  }),
  hours: z
    .object({ from: clock, to: z.union([clock, z.literal('24:00')]) })
    .nullable()
    .meta({ description: 'Only passes that begin in these hours.' }),
  joint: z
    .object({ role, minutes: z.number().int().min(0).max(720) })
    .nullable()
    .meta({ description: 'Only metres that this role walked too, at the same time give or take so many minutes.' }),
  key_points: z.boolean().meta({ description: 'Only the surroundings of key points are to be walked (R21).' }),
  days: z.enum(['every', 'working']),
};
export const patrolRule = z
  .object({ ...dated, ...cadence })
  .meta({ id: 'PatrolRule', description: 'How often a role has to walk what it is required on.' });
export type PatrolRule = z.infer<typeof patrolRule>;

export const rules = z
  .object({
    at: z.string(),
    roles: z.array(roleRule),
    patrols: z.array(patrolRule),
    zone_kinds: z.array(z.string()).meta({ description: 'Kinds that towns of this district have.' }),
  })
  .meta({ id: 'Rules' });
export type Rules = z.infer<typeof rules>;
export const rulesQuery = z.object({
  at: moment.optional(),
  history: z
    .enum(['true', 'false'])
    .default('false')
    .transform((word) => word === 'true')
    .meta({ description: 'true: rules of all times, not only those in force.' }),
});
export type RulesQuery = z.infer<typeof rulesQuery>;

const given = {
  class: conditions.class.default(null),
  town_id: conditions.town_id.default(null),
  zone_kind: conditions.zone_kind.default(null),
  bureau_led: conditions.bureau_led.default(null),
  source: z.string().min(1).max(200).nullable().default(null),
};
export const ruleChange = z
  .discriminatedUnion('op', [
    z.object({
      op: z.literal('require'),
      role,
      status: roadStatus.default('handed_over'),
      ...given,
      required: z.boolean(),
    }),
    z.object({
      op: z.literal('patrol'),
      ...cadence,
      ...given,
      share_percent: cadence.share_percent.default(90),
      hours: cadence.hours.default(null),
      joint: cadence.joint.default(null),
      key_points: cadence.key_points.default(false),
      days: cadence.days.default('every'),
    }),
    z.object({ op: z.literal('end'), rule: z.enum(['role', 'patrol']), id }),
  ])
  .meta({ id: 'RuleChange' });
export type RuleChange = z.infer<typeof ruleChange>;

export const ruleChanges = z
  .object({
    effective_from: moment.optional().meta({ description: 'Today or later; default now.' }),
    dry_run: z.boolean().default(false),
    note: z.string().max(1000).optional(),
    changes: z.array(ruleChange).min(1).max(200),
  })
  .meta({ id: 'RuleChanges', description: 'Atomic. A rule that is replaced ends and stays readable.' });
export type RuleChanges = z.infer<typeof ruleChanges>;

export const ruleChangesResult = z
  .object({
    applied: z.boolean(),
    change_id: id.nullable(),
    effective_from: z.string(),
    effect: z.array(
      z.object({ role, required_before_m: z.number(), required_after_m: z.number() }).meta({
        description: 'Metres on which the role is required, from effective_from on.',
      }),
    ),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'RuleChangesResult' });
export type RuleChangesResult = z.infer<typeof ruleChangesResult>;
