/** What was saved in this sitting, and what takes it back. The answer to every saved change set carries its own undo. */
import type { Change } from '../../api/assignments/assignments.contract.ts';

export type Saved = { label: string; undo: Change[] };
export type UndoStack = { done: Saved[]; undone: Saved[] };

export const emptyStack: UndoStack = { done: [], undone: [] };

/** A working morning has some hundred saves; more is no use and each may carry 2,000 changes. */
const most = 100;

export const saved =
  (entry: Saved) =>
  (stack: UndoStack): UndoStack => ({
    done: [...stack.done, entry].slice(-most),
    undone: [],
  });

/** `redo` is the undo of the undo, from the answer to it. */
export const undone =
  (redo: Change[]) =>
  ({ done, undone: before }: UndoStack): UndoStack => {
    const last = done.at(-1);
    return last
      ? { done: done.slice(0, -1), undone: [...before, { label: last.label, undo: redo }] }
      : { done, undone: before };
  };

export const redone =
  (undo: Change[]) =>
  ({ done, undone: before }: UndoStack): UndoStack => {
    const last = before.at(-1);
    return last
      ? { done: [...done, { label: last.label, undo }], undone: before.slice(0, -1) }
      : { done, undone: before };
  };
