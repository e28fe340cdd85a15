import { Router } from 'express';
import type { Context } from '../context.ts';

export function tileRoutes(_context: Context): Router {
  return Router();
}
