/** Every route on one screen. */
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import type { Context } from './context.ts';
import { answerProblem, noSuchAddress } from './http/answer-problem.ts';
import { mount } from './http/operation.ts';
import { docsRoutes } from './openapi.ts';
import { operations } from './operations.ts';
import { tileRoutes } from './tiles/tiles.routes.ts';

const client = fileURLToPath(new URL('../dist/client', import.meta.url));
const baseMap = fileURLToPath(new URL('../geodata/demo', import.meta.url));

export function createApp(context: Context): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', 'weak');
  app.use(pinoHttp({ logger: context.log, autoLogging: context.log.isLevelEnabled('info') }));
  app.use(helmet({ contentSecurityPolicy: { directives: contentPolicy(context) }, strictTransportSecurity: false }));
  app.use(compression({ filter: compressible }));
  // 5 MB: a change set of 2,000 changes is 400 kB. Files and tracks are streamed.
  // application/json may be GeoJSON there too, so the body parser leaves those addresses alone.
  const parseJson = express.json({ limit: '5mb' });
  const streamed = new Set(['/api/imports', '/api/patrols']);
  app.use((request, response, next) => (streamed.has(request.path) ? next() : parseJson(request, response, next)));

  const router = express.Router();
  mount(router, operations, context);
  app.use(router);
  app.use('/tiles', tileRoutes(context));
  app.use(docsRoutes());
  // The quiet base map of the demo district: water and green, no tile server needed.
  app.use('/base', express.static(baseMap, { maxAge: '1h', index: false, extensions: [] }));
  app.use(express.static(client, { maxAge: '1h', setHeaders: cacheByName }));

  app.use(noSuchAddress);
  app.use(answerProblem(context));
  return app;
}

function compressible(request: express.Request, response: express.Response): boolean {
  return (
    /mvt|mapbox-vector-tile|ndjson/.test(String(response.getHeader('Content-Type'))) ||
    compression.filter(request, response)
  );
}

/** Vite puts a hash of the contents into the names under assets/, so those never change; index.html always may. */
function cacheByName(response: express.Response, path: string): void {
  response.set('Cache-Control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
}

function contentPolicy({ config }: Context): Record<string, string[] | null> {
  const baseMaps = [config.base_map?.url, config.tianditu_key && 'https://t0.tianditu.gov.cn'].flatMap((url) =>
    url ? [new URL(url.replace(/\{\w+\}/g, '0')).origin] : [],
  );
  return {
    'default-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'blob:', ...baseMaps],
    'style-src': ["'self'", "'unsafe-inline'"], // OpenLayers sets sizes inline
    'worker-src': ["'self'", 'blob:'],
    'connect-src': ["'self'", ...baseMaps],
    'upgrade-insecure-requests': null, // a district office serves plain http inside its own network
  };
}
