/** Who is asking: decided here and nowhere else. Until sign-in exists it is the operator named in the settings. */
import type { Context } from '../context.ts';

export const actorOf = (context: Context): string => context.config.operator;
