/** Patrols on the wire: the track as it was sent, the stretches it proves, and how sure that is (R28, R36, R39). */
import { z } from 'zod';
import {
  bbox,
  crsName,
  cursor,
  id,
  idText,
  limit,
  lineString,
  longitudeLatitude,
  moment,
  role,
  roadClass,
  stretch,
} from '../http/shapes.ts';

/** The query beside an uploaded track; the track itself is the body. */
export const patrolUpload = z
  .object({
    external_id: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .meta({ description: 'Made by the client: sending the same track twice is harmless.' }),
    chief_id: idText.meta({ description: 'Who walked; the credit goes to the role of this chief.' }),
    crs: crsName.meta({ description: 'Of the positions in the body; GPX and most phones outside China give wgs84.' }),
  })
  .strict();
export type PatrolUpload = z.infer<typeof patrolUpload>;

export const patrolFlag = z
  .object({
    kind: z.enum([
      'too_fast',
      'jump',
      'repeated_track',
      'repeated_positions',
      'impossible_accuracy',
      'too_regular',
      'straight_lines',
      'out_of_order',
    ]),
    from: z.string(),
    to: z.string(),
    fixes: z.number().int().meta({ description: 'How many fixes it is about.' }),
    detail: z.string().meta({ description: 'What was found and what was expected, with numbers.' }),
    figures: z.record(z.string(), z.number()).meta({
      description: 'The numbers in `detail`, by name with their unit, for sentences in other languages.',
    }),
    patrol_id: id.nullable().meta({ description: 'The other patrol, of a track that comes twice.' }),
  })
  .meta({ id: 'PatrolFlag', description: 'A reason to doubt that the track was walked; nothing is left out for it.' });
export type PatrolFlag = z.infer<typeof patrolFlag>;

export const unmatched = z
  .object({
    from: z.string(),
    to: z.string(),
    because: z.enum(['off_network', 'gap', 'jump', 'unclear']),
  })
  .meta({ id: 'Unmatched' });

/** Why a fix that was sent is not kept. */
const droppedBecause = z.enum([
  'no_time',
  'unreadable_time',
  'impossible_time',
  'same_time',
  'no_position',
  'unreadable',
  'null_island',
  'off_earth',
  'far_away',
  'invalid_by_device',
]);
export type DroppedBecause = z.infer<typeof droppedBecause>;

const brief = {
  id,
  external_id: z.string(),
  chief: z.object({ id, name: z.string(), role }),
  started_at: z.string(),
  ended_at: z.string(),
  fixes: z.number().int().meta({ description: 'Kept; what could not be read is counted in `dropped`.' }),
  walked_m: z.number().meta({ description: 'Different metres of road proved with the confidence of the settings.' }),
  matched_m: z.number().meta({ description: 'Metres of all passes, also the doubtful ones and each time anew.' }),
  flags: z.number().int(),
  stale: z.boolean().meta({
    description: 'Roads were changed since it was matched; it is being compared with them, and matched anew.',
  }),
};

export const patrol = z
  .object({
    ...brief,
    received_at: z.string(),
    dropped: z.array(z.object({ because: droppedBecause, fixes: z.number().int(), first: z.string() })).meta({
      description:
        'Fixes that could not be used, by reason, with the place of the first: "line 12", "position 40". impossible_time: before 2000 or in the future; same_time: another fix was first; far_away: more than 50 km from the district.',
    }),
    estimate: z
      .object({
        interval_s: z.number(),
        noise_m: z.number(),
        white_m: z.number(),
        correlation_s: z.number(),
        speed_m_s: z.number(),
      })
      .nullable(),
    genuineness: z.array(patrolFlag),
    unmatched: z.array(unmatched),
    network_version: z.number().int(),
    bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  })
  .meta({ id: 'Patrol' });
export type Patrol = z.infer<typeof patrol>;

export const patrolList = z
  .object({
    patrols: z.array(z.object(brief).meta({ id: 'PatrolBrief' })),
    count: z.number().int(),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'PatrolList', description: 'Latest first.' });
export type PatrolList = z.infer<typeof patrolList>;

const patrolFilters = {
  chief_id: idText.optional(),
  role: role.optional(),
  from: moment.optional().meta({ description: 'Ended after.' }),
  to: moment.optional().meta({ description: 'Started before.' }),
};
export const patrolQuery = z.object({
  ...patrolFilters,
  road_id: idText.optional(),
  bbox: bbox.optional(),
  cursor: cursor.optional(),
  limit: limit(50, 500),
});
export type PatrolQuery = z.infer<typeof patrolQuery>;

/** The track as it was sent, in WGS84: one line, with a time and an accuracy for each place. */
export const patrolTrack = z
  .object({
    type: z.literal('Feature'),
    id,
    geometry: z.object({ type: z.literal('LineString'), coordinates: z.array(longitudeLatitude) }),
    properties: z.object({
      times: z.array(z.string()),
      accuracies_m: z.array(z.number().nullable()),
    }),
  })
  .meta({ id: 'PatrolTrack' });
export type PatrolTrack = z.infer<typeof patrolTrack>;

export const passProperties = z
  .object({
    patrol_id: id,
    ...stretch,
    road_name: z.string().nullable(),
    class: roadClass,
    from: z.string(),
    to: z.string(),
    direction: z.enum(['forward', 'backward', 'both']),
    confidence: z.number().meta({ description: 'Probability that these metres were walked then.' }),
    credited: z.boolean().meta({ description: 'Confident enough to count as walked.' }),
    length_m: z.number(),
  })
  .meta({ id: 'PassProperties' });
export const passList = z
  .object({
    type: z.literal('FeatureCollection'),
    features: z.array(
      z
        .object({ type: z.literal('Feature'), geometry: lineString, properties: passProperties })
        .meta({ id: 'PatrolPass' }),
    ),
    least_confidence: z.number(),
  })
  .meta({ id: 'PassList', description: 'In order of time.' });
export type PassList = z.infer<typeof passList>;

/** What was walked, by role and day of the district's time zone; answered by coverage/. */
export const walkedQuery = z.object({
  from: moment.optional().meta({ description: 'Default: six days before the last day.' }),
  to: moment.optional().meta({ description: 'Default: the end of today. At most 92 days after `from`.' }),
  role: role.optional(),
  zone_id: idText.optional(),
  road_id: idText.optional(),
});
export type WalkedQuery = z.infer<typeof walkedQuery>;

export const walked = z
  .object({
    days: z.array(
      z.object({
        day: z.iso.date(),
        roles: z.array(
          z.object({
            role,
            required_m: z.number(),
            walked_m: z.number().meta({ description: 'Of the required metres.' }),
            walked_percent: z.number().nullable().meta({ description: 'null where nothing is required.' }),
            elsewhere_m: z.number().meta({ description: 'Walked where the role is not required.' }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Walked', description: 'Different metres walked a day; once or ten times counts the same.' });
export type Walked = z.infer<typeof walked>;
