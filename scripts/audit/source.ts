/** Where an audit asks: the database itself, or the server that owns the embedded one. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Config } from '../../api/config.ts';
import type { Certificate, CertificateQuery, LaterChanges } from '../../api/coverage/certificate.contract.ts';
import type { Language } from '../../api/coverage/words.ts';
import { holdDataFolder, holderOf } from '../../api/database/data-folder.ts';
import { withTemporaryFile, writePieces } from '../../api/http/spool.ts';

export type Source = {
  /** Where a server was asked. */
  url: string | null;
  zoneOf: (code: string) => Promise<number | null>;
  /** Also written to `file` as it came, where one is named. */
  certificate: (query: CertificateQuery, file?: string) => Promise<Certificate>;
  page: (query: CertificateQuery, language: Language) => Promise<string>;
  later: (since: string) => Promise<LaterChanges>;
  close: () => Promise<void>;
};

/** What was typed cannot be answered; one sentence or two. */
export class Refused extends Error {}

/** How many later changes are asked for; the others are counted. */
const MOST_CHANGES = 50;

/** @throws DatabaseUnusable, Refused */
export async function openSource(config: Config): Promise<Source> {
  const holder = config.database_url ? null : await holderOf(config.data_dir);
  return holder?.url ? throughServer(holder.url) : directly(config);
}

async function directly(config: Config): Promise<Source> {
  const folder = config.database_url ? null : await holdDataFolder(config.data_dir);
  // Loaded here: an audit through a server needs none of it, nor does --help.
  const { connect } = await import('../../api/database/connect.ts');
  const { migrate } = await import('../../api/database/migrate.ts');
  const { certificateText } = await import('../../api/coverage/certificate.ts');
  const { certificatePage } = await import('../../api/coverage/certificate-page.ts');
  const { laterChanges } = await import('../../api/coverage/certificate.queries.ts');
  try {
    const { db, close } = await connect({ ...config, folder: config.data_dir, schema: config.district });
    await migrate(db, { ...config, schema: config.district });
    return {
      url: null,
      zoneOf: async (code) => (await db('zones').where({ code }).first<{ id: number } | undefined>('id'))?.id ?? null,
      certificate: (query, file) =>
        withTemporaryFile(async (path) => {
          await writePieces(file ?? path, certificateText(db, config, query));
          return JSON.parse(await readFile(file ?? path, 'utf8')) as Certificate;
        }),
      page: (query, language) => certificatePage(db, config, query, language),
      later: (since) => laterChanges(db, { since, limit: MOST_CHANGES }),
      close: async () => {
        await close();
        folder?.release();
      },
    };
  } catch (error) {
    folder?.release();
    throw error;
  }
}

function throughServer(url: string): Source {
  const ask = async (path: string, query: Record<string, string | number | undefined>): Promise<string> => {
    const address = new URL(path, url);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) address.searchParams.set(name, String(value));
    const response = await fetch(address).catch((error: Error) => {
      throw new Refused(
        `The server at ${url} does not answer (${(error.cause as Error | undefined)?.message ?? error.message}); stop it, or try again.`,
      );
    });
    const text = await response.text();
    if (response.ok) return text;
    const { detail = text, hint = '' } = JSON.parse(text) as { detail?: string; hint?: string };
    throw new Refused([detail, hint].filter(Boolean).join('\n'));
  };
  return {
    url,
    async zoneOf(code) {
      const { features } = JSON.parse(await ask('/api/zones', { geometry: 'false' })) as {
        features: { id: number; properties: { code: string } }[];
      };
      return features.find(({ properties }) => properties.code === code)?.id ?? null;
    },
    async certificate(query, file) {
      const text = await ask('/api/coverage/certificate', query);
      if (file !== undefined) await writeFile(file, text);
      return JSON.parse(text) as Certificate;
    },
    page: (query, lang) => ask('/api/coverage/certificate.html', { ...query, lang }),
    later: async (since) =>
      JSON.parse(await ask('/api/coverage/certificate/later', { since, limit: MOST_CHANGES })) as LaterChanges,
    close: async () => {},
  };
}
