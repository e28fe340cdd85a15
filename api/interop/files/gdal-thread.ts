/**
 * GDAL (gdal3.js, WebAssembly) in a thread of its own: it computes synchronously, for seconds, and keeps the 28 MB module
 * and the peak of its memory until its thread ends. One thread a file; starting it takes 0.5 s.
 *
 * What had to be found out about gdal3.js 2.8.1 (GDAL 3.8.4) in Node:
 * - it reads its data package from `./` + path, so `path` must be relative to the working directory of the process;
 * - it mounts the *folder* of an input file, so each file is worked on in a folder of its own;
 * - ogr2ogr resolves although features failed: only the error handler learns of it;
 * - GeoJSONSeq always reprojects to WGS84; a false `-a_srs EPSG:4326` makes it leave coordinates alone.
 */
import { createRequire } from 'node:module';
import { dirname, relative } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

export type GdalSettings = {
  /** Absolute path of the file, alone with what belongs to it in its folder. */
  file: string;
  /** Absolute path of an existing folder for what is written; seen by GDAL as /output. */
  outputFolder: string;
  /** GDAL configuration. */
  environment: Record<string, string>;
};

export type GdalRequest =
  | { ask: 'layers'; openOptions: string[] }
  | { ask: 'convert'; openOptions: string[]; layer: string; options: string[] };

export type GdalLayer = {
  name: string;
  featureCount: number;
  geometryFields: {
    coordinateSystem?: { wkt?: string; projjson?: { id?: { authority: string; code: number | string } } } | null;
  }[];
};

/** `complaints`: what GDAL said meanwhile, `ERROR …` and `Warning …`, the first fifty. */
export type GdalAnswer = { layers?: GdalLayer[]; file?: string; failure?: string; complaints: string[] };

type Dataset = { info?: { layers?: GdalLayer[] } };
type Gdal = {
  open: (file: string, options: string[]) => Promise<{ datasets: Dataset[] }>;
  close: (dataset: Dataset) => Promise<void>;
  ogr2ogr: (dataset: Dataset, options: string[], name: string) => Promise<{ real: string }>;
};

const settings = workerData as GdalSettings;
const port = parentPort!;
const require = createRequire(import.meta.url);
const initGdal = require('gdal3.js/node.js') as (config: object) => Promise<Gdal>;
let complaints: string[] = [];

const gdal = initGdal({
  path: relative(process.cwd(), dirname(require.resolve('gdal3.js/dist/package/gdal3.node.js'))),
  dest: settings.outputFolder,
  useWorker: false,
  env: settings.environment,
  logHandler: () => {},
  errorHandler: (message: string) => {
    if (complaints.length < 50) complaints.push(message);
  },
});

port.on('message', (request: GdalRequest) => {
  complaints = [];
  answer(request).then(
    (result) => port.postMessage({ ...result, complaints } satisfies GdalAnswer),
    (error: unknown) => port.postMessage({ failure: messageOf(error), complaints } satisfies GdalAnswer),
  );
});

async function answer(request: GdalRequest): Promise<Omit<GdalAnswer, 'complaints'>> {
  const { open, close, ogr2ogr } = await gdal;
  const dataset = (await open(settings.file, request.openOptions)).datasets[0];
  if (!dataset) return { failure: 'GDAL opens nothing in it' };
  try {
    if (request.ask === 'layers') return { layers: dataset.info?.layers ?? [] };
    const { real } = await ogr2ogr(dataset, [...request.options, request.layer], 'rows');
    return { file: real };
  } finally {
    await close(dataset);
  }
}

/** gdal3.js rejects with {no, message}, with a list of these, or with an Error. */
function messageOf(error: unknown): string {
  if (Array.isArray(error)) return error.map(messageOf).join('; ');
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' && message ? message : String(error);
}
