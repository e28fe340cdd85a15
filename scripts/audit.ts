/**
 * npm run audit: the certificate of coverage at a terminal, thresholds for a machine, and the verification of a file.
 * Where a server owns the embedded data folder it is asked; else this process opens the database itself.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../api/config.ts';
import {
  certificateQuery,
  CERTIFICATE_SCHEMA,
  type Certificate,
  type CertificateQuery,
} from '../api/coverage/certificate.contract.ts';
import { compareCertificates, faultsOfFile } from '../api/coverage/compare-certificates.ts';
import type { Language } from '../api/coverage/words.ts';
import { DatabaseUnusable } from '../api/database/connect.ts';
import { Problem } from '../api/problems.ts';
import { auditWords } from './audit/audit-words.ts';
import { differenceLines, laterLines, summaryLines, unmet } from './audit/print.ts';
import { openSource, Refused, type Source } from './audit/source.ts';

const help = `npm run audit -- [options]           prints the certificate of coverage
npm run audit -- verify FILE         derives the certificate in FILE anew and says what differs

  --at TIME            as of a day (2026-05-01) or an ISO 8601 time; default now
  --zone CODE          of one zone; default the whole district
  --known-at TIME      by what was known then
  --json FILE          writes the certificate there
  --html FILE          writes the page to print there
  --lang zh|en         default zh
  --min-held PERCENT   of what the rules ask for, how much somebody holds at least
  --min-walked PERCENT of what the duties ask for, how much was walked at least
  --max-missing-m METRES  unheld or in no community, at most
  --max-standing COUNT faults of the register and of zones, at most
  --tiling             zones have to tile their parent
  --help               this

Ends with 0 when every threshold is met (verify: when everything agrees), 1 when not, 2 when it could not be asked.
Settings come from the environment as for npm start: DATABASE_URL, DATA_DIR, DISTRICT, DISTRICT_SRID.`;

try {
  const asked = readAsked(process.argv.slice(2));
  if (asked.help) console.log(help);
  else process.exitCode = await run(asked);
} catch (error) {
  const plain = [Refused, ConfigError, DatabaseUnusable, Problem].some((kind) => error instanceof kind);
  console.error(plain ? [(error as Problem).message, (error as Problem).hint].filter(Boolean).join('\n') : error);
  process.exitCode = 2;
}

function readAsked(given: string[]) {
  const string = { type: 'string' } as const;
  let parsed;
  try {
    parsed = parseArgs({
      args: given,
      allowPositionals: true,
      options: {
        at: string,
        zone: string,
        'known-at': string,
        json: string,
        html: string,
        lang: string,
        'min-held': string,
        'min-walked': string,
        'max-missing-m': string,
        'max-standing': string,
        tiling: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new Refused(`${(error as Error).message}\n\n${help}`);
  }
  const { values, positionals } = parsed;
  if (values.help) return { help: true as const };
  const [word, file, ...more] = positionals;
  if (word !== undefined && (word !== 'verify' || file === undefined || more.length > 0))
    throw new Refused(`Expected nothing, or verify and one file; "${positionals.join(' ')}" came.\n\n${help}`);
  const lang = values.lang ?? 'zh';
  if (lang !== 'zh' && lang !== 'en') throw new Refused(`--lang is "${lang}"; expected zh or en.`);
  const query = certificateQuery.safeParse({ at: values.at, known_at: values['known-at'] });
  if (!query.success)
    throw new Refused(
      query.error.issues
        .map(
          ({ path: [name] }) =>
            `--${String(name).replace('_', '-')} is not a day such as 2026-05-01 or an ISO 8601 time.`,
        )
        .join('\n'),
    );
  const number = (
    name: 'min-held' | 'min-walked' | 'max-missing-m' | 'max-standing',
    most: number,
  ): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value <= most) return value;
    throw new Refused(`--${name} is "${text}"; expected a number from 0 to ${most}.`);
  };
  const limits = {
    min_held: number('min-held', 100),
    min_walked: number('min-walked', 100),
    max_missing_m: number('max-missing-m', Number.MAX_SAFE_INTEGER),
    max_standing: number('max-standing', Number.MAX_SAFE_INTEGER),
    tiling: values.tiling ?? false,
  };
  const path = (name: string | undefined): string | undefined => name && resolve(process.env.INIT_CWD ?? '.', name);
  return {
    help: false as const,
    file: path(file),
    language: lang as Language,
    query: query.data,
    zone: values.zone,
    json: path(values.json),
    html: path(values.html),
    limits,
  };
}

type Asked = Exclude<ReturnType<typeof readAsked>, { help: true }>;

async function run(asked: Asked): Promise<number> {
  const config = readConfig(process.env);
  const file = asked.file === undefined ? null : readCertificate(asked.file);
  if (file && file.district.key !== config.district)
    throw new Refused(
      `The file is of district "${file.district.key}", and DISTRICT is "${config.district}"; set DISTRICT to the file's.`,
    );
  const source = await openSource(config);
  try {
    if (source.url) console.log(auditWords[asked.language].through(source.url));
    return file ? await verify(source, file, asked.language) : await audit(source, asked);
  } finally {
    await source.close();
  }
}

async function audit(source: Source, { query, zone, language, json, html, limits }: Asked): Promise<number> {
  const say = auditWords[language];
  const inZone = { ...query, ...(zone !== undefined && { zone_id: await zoneId(source, zone) }) };
  const certificate = await source.certificate(inZone, json);
  console.log(summaryLines(certificate, language).join('\n'));
  if (json !== undefined) console.log(say.written(json));
  if (html !== undefined) {
    // Of the same moment, so that page and document have one fingerprint.
    writeFileSync(html, await source.page({ ...inZone, at: certificate.at }, language));
    console.log(say.written(html));
  }
  const failed = unmet(certificate, limits, language);
  for (const line of failed) console.error(say.unmet(line));
  const { tiling, ...figures } = limits;
  if (failed.length === 0 && (tiling || Object.values(figures).some((one) => one !== undefined))) console.log(say.met);
  return failed.length === 0 ? 0 : 1;
}

async function zoneId(source: Source, code: string): Promise<number> {
  const id = await source.zoneOf(code);
  if (id === null) throw new Refused(`There is no zone with the code "${code}"; the zones are at /api/zones.`);
  return id;
}

/** @throws Refused for what is not a certificate. */
function readCertificate(path: string): Certificate {
  let read: Certificate;
  try {
    read = JSON.parse(readFileSync(path, 'utf8')) as Certificate;
  } catch (error) {
    throw new Refused(`${path} cannot be read as JSON: ${(error as Error).message}.`);
  }
  const isOne =
    read?.schema === CERTIFICATE_SCHEMA &&
    [read.gaps, read.inputs, read.unheld, read.unwalked, read.unzoned].every(Array.isArray) &&
    read.district &&
    read.totals &&
    certificateQuery.safeParse({ at: read.at, known_at: read.known_at ?? read.issued_at }).success;
  if (!isOne) throw new Refused(`${path} is not a certificate of the kind ${CERTIFICATE_SCHEMA}.`);
  return read;
}

/** 0 only when the file is as it was issued and the database still says the same. */
async function verify(source: Source, file: Certificate, language: Language): Promise<number> {
  const say = auditWords[language];
  const { digest, sums } = faultsOfFile(file);
  console.log(digest ? say.digestHolds : say.digestFails);
  for (const which of sums) console.log(say.sumsFail(which));
  const query: CertificateQuery = {
    at: file.at,
    ...(file.known_at !== null && { known_at: file.known_at }),
    ...(file.zone && { zone_id: await zoneId(source, file.zone.code) }),
  };
  const difference = compareCertificates(file, await source.certificate(query));
  if (!difference) {
    console.log(say.same);
    return digest && sums.length === 0 ? 0 : 1;
  }
  console.log(say.differs);
  console.log(differenceLines(difference, language).join('\n'));
  const then = await source.certificate({ ...query, known_at: file.known_at ?? file.issued_at });
  console.log(compareCertificates(file, then) ? say.wrongThen : say.rightThen);
  console.log(laterLines(await source.later(file.issued_at), file.district.time_zone, language).join('\n'));
  return 1;
}
