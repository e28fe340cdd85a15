/** What differs between the kinds of import: which columns there are, how a row is read, how all are written. */
import type { Knex } from 'knex';
import type { DataKind } from '../database/change-log.ts';
import type { Cells } from './cells.ts';
import type { SourceRow } from './files/source-file.ts';
import type { Reach } from './reach.ts';

export type ImportOptions = {
  /** For zones without a level column. */
  level?: string | undefined;
  /** For roads without a status column. */
  status?: string | undefined;
};

export type Refusal = { row: number; reason: string };

export type Outcome = {
  created: number;
  updated: number;
  unchanged: number;
  refused: Refusal[];
  notes: string[];
  needs_decision: string[];
  length_m: number | null;
};

export type ImportWork = {
  trx: Knex;
  change_id: number;
  /** The system that the file was read in. */
  crs: string;
  reach: Reach;
  progress: (step: string, done: number, total: number | null) => void;
};

export type ImportKind<Draft> = {
  /** What is written to; told to readers at the end of the transaction. */
  touches: DataKind[];
  /** @throws RowRefused with the reason. */
  read: (row: SourceRow, cells: Cells, options: ImportOptions) => Draft[];
  /** A note for rows that `read` made nothing of. */
  passed?: (rows: number) => string;
  write: (work: ImportWork, drafts: Draft[]) => Promise<Outcome>;
};
