/** Files for a test: written into a folder that is gone after the suite. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'mocha';
import { openFile } from '../../../api/interop/files/open-file.ts';
import {
  type FileOptions,
  isRejected,
  type RejectedRow,
  type SourceFile,
  type SourceRow,
} from '../../../api/interop/files/source-file.ts';
import { Problem } from '../../../api/problems.ts';

/** Call inside a describe: gives a function that writes a file and answers with its path. */
export function temporaryFiles(): (name: string, content: string | Uint8Array) => string {
  const folder = mkdtempSync(join(tmpdir(), 'luzhang-test-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return (name, content) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
}

export type ReadFile = { file: SourceFile; rows: SourceRow[]; rejected: RejectedRow[] };

export async function readAll(path: string, options: FileOptions = {}): Promise<ReadFile> {
  const file = await openFile(path, options);
  const rows: SourceRow[] = [];
  const rejected: RejectedRow[] = [];
  for await (const row of file.rows())
    if (isRejected(row)) rejected.push(row);
    else rows.push(row);
  return { file, rows, rejected };
}

/** The Problem a file is refused with; its detail and hint as one text. */
export async function refusal(path: string, options: FileOptions = {}): Promise<{ kind: string; text: string }> {
  const problem = await readAll(path, options).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(problem instanceof Problem)) throw problem ?? new Error('the file was read');
  return { kind: problem.kind, text: `${problem.message} ${problem.hint ?? ''}` };
}
