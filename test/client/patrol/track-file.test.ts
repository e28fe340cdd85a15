import { expect } from 'chai';
import { contentName, mediaTypeOf } from '../../../client/patrol/track-file.ts';

describe('the file of a track', () => {
  it('is known by its ending, whatever the case', () => {
    const types = ['walk.GPX', '2026.11.01.geojson', 'a.json', 'a.ndjson', 'a.jsonl'].map(mediaTypeOf);
    expect(types).to.deep.equal([
      'application/gpx+xml',
      'application/geo+json',
      'application/geo+json',
      'application/x-ndjson',
      'application/x-ndjson',
    ]);
    for (const name of ['walk.kml', 'gpx', '', 'a.gpx.zip']) expect(mediaTypeOf(name), name).to.equal(null);
  });

  it('has the same name for the same content, with and without the digest of the browser', async () => {
    const content = new TextEncoder().encode('abc').buffer;
    const named = await contentName(content);
    expect(named).to.match(/^sha256-ba7816bf[0-9a-f]{56}$/);
    const { crypto } = globalThis;
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
    try {
      expect(await contentName(content)).to.equal(named);
    } finally {
      Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
    }
  });
});
