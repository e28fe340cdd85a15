/** The report being made: what the server says about the place, and which road was chosen where it is not sure. */
import type { SnapResult } from '../../api/issues/issues.contract.ts';
import { createStore } from './store.ts';

export type Report = { snap: SnapResult | null; chosen: number | null };
export const report = createStore<Report>({ snap: null, chosen: null });
