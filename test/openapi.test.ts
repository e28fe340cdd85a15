import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import express from 'express';
import request from 'supertest';
import { docsRoutes, examples, openApiDocument } from '../api/openapi.ts';
import { operations } from '../api/operations.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the OpenAPI document', () => {
  const document = openApiDocument();
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

  it('has every operation that is mounted, and the tiles', () => {
    const there = documented.map(({ path, method }) => `${method} ${path}`);
    for (const { description } of operations) expect(there).to.include(`${description.method} ${description.path}`);
    expect(there).to.include.members(['get /tiles/{layer}.json', 'get /tiles/{layer}/{z}/{x}/{y}.mvt']);
  });

  it('refers only to shapes that it has', () => {
    const text = JSON.stringify(document);
    for (const [, kind, name] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) {
      expect(document.components[kind as 'schemas'], name).to.have.property(name!);
    }
    expect(text).to.not.include('$defs').and.not.include('"$id"');
  });

  it('has a word for every tag, and a name of its own for every operation', () => {
    const tags = new Set(document.tags.map(({ name }) => name));
    for (const { operation } of documented) expect(tags, operation.operationId).to.include(operation.tags[0]);
    const names = documented.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).to.equal(names.length);
  });

  it('gives an example of every JSON body, and its contract reads it', () => {
    for (const { description } of operations) {
      const id = documented.find(({ path, method }) => path === description.path && method === description.method)!
        .operation.operationId;
      if (!description.body) continue;
      expect(examples, id).to.have.property(id);
      const read = description.body.safeParse(examples[id]);
      expect(read.success, `${id}: ${JSON.stringify(read.error?.issues)}`).to.equal(true);
    }
  });

  it('has no fault that the linter knows', async function () {
    this.timeout(120_000);
    const folder = await mkdtemp(join(tmpdir(), 'luzhang-openapi-'));
    try {
      const file = join(folder, 'openapi.json');
      await writeFile(file, JSON.stringify(document));
      const { code, output } = await lint(file);
      expect(code, output).to.equal(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

function lint(file: string): Promise<{ code: number; output: string }> {
  const redocly = join(root, 'node_modules/@redocly/cli/bin/cli.js');
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NODE_OPTIONS: '' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [redocly, 'lint', '--config', join(root, 'scripts/redocly.yaml'), file],
      { env },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
      },
    );
  });
}

describe('the page of the API', () => {
  const app = express().use(docsRoutes());

  it('stands alone: no script, nothing from elsewhere, every link inside it has an end', async () => {
    const { text } = await request(app).get('/api/docs').expect(200).expect('Content-Type', /html/);
    expect(text).to.not.match(/<script|<link|<img|\son\w+=|src=|url\(/i);
    const ids = new Set([...text.matchAll(/id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) expect(ids).to.include(target);
    for (const kind of ['invalid', 'not_found', 'conflict', 'too_large', 'unreadable', 'busy'])
      expect(ids).to.include(`problem-${kind}`);
  });

  it('writes what a reader sent as text', async () => {
    const { text } = await request(app).get('/api/docs').set('Host', 'x"><b>y');
    expect(text).to.not.include('<b>y');
  });

  it('serves the document', async () => {
    const { body } = await request(app).get('/api/openapi.json').expect(200);
    expect(body.openapi).to.equal('3.1.0');
  });
});
