import type { Language } from '../state/state.ts';
import { en } from './en.ts';
import { zh, type Messages } from './zh.ts';

export const messagesOf: Record<Language, Messages> = { zh, en };
export type { Messages };
