import type { Operation } from '../http/operation.ts';

export const coverageOperations: Operation[] = [];
