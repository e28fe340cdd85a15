/** A real server on a port of its own, for tests that speak HTTP. */
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createApp } from '../../api/app.ts';
import { readConfig } from '../../api/config.ts';
import type { Context } from '../../api/context.ts';
import { openDistrict, serverUrl, type Engine, type TestDistrict } from './district.ts';

/** What createApp needs, on the schema of a test district. */
export function contextOf({ db, engine, schema, srid, time_zone }: TestDistrict): Context {
  const config = readConfig({
    DISTRICT: schema,
    DISTRICT_SRID: String(srid),
    DISTRICT_TIME_ZONE: time_zone,
    OPERATOR: 'tester',
  });
  return { db, engine, config, log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }) };
}

export type TestServer = { url: string; district: TestDistrict; stop: () => Promise<void> };

/** Serves a district on 127.0.0.1; `prepare` fills it first. The server engine is used where there is one. */
export async function startTestServer(
  prepare: (district: TestDistrict) => Promise<void> = loadDemo,
  engine: Engine = serverUrl ? 'server' : 'embedded',
): Promise<TestServer> {
  const district = await openDistrict(engine);
  await prepare(district);
  const server = createApp(contextOf(district)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    district,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await district.close();
    },
  };
}

async function loadDemo(district: TestDistrict): Promise<void> {
  const { loadDemoDistrict } = await import('../../api/interop/load-demo-district.ts');
  await loadDemoDistrict(district.db, { actor: 'tester', tell: () => {} });
}
