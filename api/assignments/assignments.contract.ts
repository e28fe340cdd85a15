/** Assignments and change sets on the wire (R1, R13-R16, R61). */
import { z } from 'zod';
import { chiefBrief, cursor, id, idText, limit, measure, moment, role, sides, stretch } from '../http/shapes.ts';

export const assignment = z
  .object({
    id,
    ...stretch,
    road_name: z.string().nullable(),
    length_m: z.number(),
    role,
    chief: chiefBrief,
    valid_from: z.string(),
    valid_to: z.string().nullable().meta({ description: 'null: until further notice.' }),
    assigned_by: z.string(),
    ended_by: z.string().nullable(),
  })
  .meta({ id: 'Assignment' });
export type Assignment = z.infer<typeof assignment>;

export const assignmentList = z
  .object({ assignments: z.array(assignment), next_cursor: z.string().nullable() })
  .meta({ id: 'AssignmentList' });
export type AssignmentList = z.infer<typeof assignmentList>;

export const assignmentQuery = z.object({
  road_id: idText.optional(),
  chief_id: idText.optional(),
  role: role.optional(),
  at: moment.optional().meta({ description: 'Only those in force at this moment (default: now).' }),
  history: z.enum(['true', 'false']).default('false').meta({ description: 'true: all there ever were.' }),
  cursor: cursor.optional(),
  limit: limit(200, 1000),
});
export type AssignmentQuery = z.infer<typeof assignmentQuery>;

const assign = z
  .object({
    op: z.literal('assign'),
    road_id: id,
    from_m: measure,
    to_m: measure,
    sides: sides.default('both'),
    role,
    chief_id: id,
    valid_from: moment.optional().meta({ description: 'Default: now.' }),
    valid_to: moment.nullable().optional().meta({ description: 'Default: until further notice.' }),
    replace: z
      .boolean()
      .default(false)
      .meta({ description: 'true ends whoever holds the stretch in that role; false makes it a conflict.' }),
  })
  .strict()
  .meta({ id: 'Assign' });

const release = z
  .object({
    op: z.literal('release'),
    road_id: id,
    from_m: measure,
    to_m: measure,
    sides: sides.default('both'),
    role,
    chief_id: id.optional().meta({ description: 'Only what this chief holds; default: whoever does.' }),
    at: moment.optional().meta({ description: 'Default: now.' }),
    until: moment
      .nullable()
      .optional()
      .meta({ description: 'The holder has it back from then on; default: for good.' }),
  })
  .strict()
  .meta({
    id: 'Release',
    description: 'Ends what is held on the stretch in the role; the rest of a cut assignment goes on.',
  });

const end = z
  .object({ op: z.literal('end'), assignment_id: id, at: moment.optional() })
  .strict()
  .meta({ id: 'End', description: 'Ends one assignment as a whole.' });

export const change = z.discriminatedUnion('op', [assign, release, end]).meta({ id: 'Change' });
export type Change = z.infer<typeof change>;
export type Assign = z.infer<typeof assign>;
export type Release = z.infer<typeof release>;
export type End = z.infer<typeof end>;

export const changeSet = z
  .object({
    dry_run: z.boolean().default(false).meta({ description: 'true: answer with the effect, change nothing.' }),
    note: z.string().trim().max(500).optional(),
    changes: z.array(change).min(1).max(2000),
  })
  .strict()
  .meta({ id: 'ChangeSet' });
export type ChangeSet = z.infer<typeof changeSet>;

export const conflict = z
  .object({
    change: z.number().int().meta({ description: 'Which change of the set, from 0.' }),
    assignment_id: id.nullable().meta({ description: 'null: the other one is in this same set.' }),
    role,
    ...stretch,
    road_name: z.string().nullable(),
    overlap_m: z.number(),
    holder: chiefBrief,
  })
  .meta({ id: 'Conflict' });
export type Conflict = z.infer<typeof conflict>;

const gapPiece = z
  .object({ role, ...stretch, road_name: z.string().nullable(), length_m: z.number() })
  .meta({ id: 'GapPiece' });

export const effect = z
  .object({
    at: z.string().meta({
      description:
        'The moment the effect is told for: now, or the first moment at which all of a set that lies ahead is in force.',
    }),
    roads: z.number().int().meta({ description: 'Roads on which a holder changes.' }),
    roles: z.array(
      z.object({
        role,
        gained_m: z.number().meta({ description: 'Metres that get a holder, or another one.' }),
        lost_m: z.number().meta({ description: 'Metres that lose their holder, or change to another.' }),
        required_m: z.number(),
        gap_before_m: z.number(),
        gap_after_m: z.number(),
      }),
    ),
    chiefs: z.array(z.object({ chief: chiefBrief, role, gained_m: z.number(), lost_m: z.number() })),
    gaps_closed: z.array(gapPiece),
    gaps_opened: z.array(gapPiece),
  })
  .meta({ id: 'Effect', description: 'What a change set does, in metres; a side alone counts half.' });
export type Effect = z.infer<typeof effect>;

export const changeSetResult = z
  .object({
    applied: z.boolean(),
    change_id: id.nullable(),
    effect,
    conflicts: z.array(conflict),
    undo: z.array(change).meta({ description: 'The change set that takes this one back.' }),
  })
  .meta({ id: 'ChangeSetResult' });
export type ChangeSetResult = z.infer<typeof changeSetResult>;
