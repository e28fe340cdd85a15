/** The words of standing faults. */
import { z } from 'zod';

export const standingKind = z.enum(['unregistered', 'inventory', 'zones']).meta({
  id: 'StandingKind',
  description:
    'unregistered: streets in use that no road is registered for; inventory: faults of the roads themselves; zones: zones that do not tile.',
});

export const standingFault = z
  .string()
  .regex(/^[a-z_]{1,40}$/)
  .meta({
    description:
      'Of inventory: unnamed, short, duplicate, disconnected, end_gap, crossing. Of zones: overlap, hole, outside_parent.',
  });
