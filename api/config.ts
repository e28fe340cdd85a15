/**
 * The settings, read from the environment and checked once at start.
 * A wrong one stops the start with one sentence per setting: what came, what was expected.
 */
import { z } from 'zod';

const number = (name: string, standard: number, least: number, most: number) =>
  z
    .string()
    .default(String(standard))
    .refine((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: (issue) => `${name} is "${String(issue.input)}"; expected a whole number from ${least} to ${most}`,
    })
    .transform(Number);

const settings = z.object({
  PORT: number('PORT', 8080, 0, 65535),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .optional()
    .refine((text) => !text || /^postgres(ql)?:\/\/\S+$/.test(text), {
      error: (issue) =>
        `DATABASE_URL is "${withoutPassword(String(issue.input))}"; expected postgresql://user:password@host:5432/database, or nothing for the embedded database`,
    })
    .transform((text) => text || null),
  DATA_DIR: z.string().min(1).default('.data'),
  DISTRICT: z
    .string()
    .default('yunxi')
    .refine((text) => /^[a-z][a-z0-9_]{0,50}$/.test(text) && !/^(pg_|public$|information_schema$)/.test(text), {
      error: (issue) =>
        `DISTRICT is "${String(issue.input)}"; expected a schema name of its own: lower-case letters, digits and _, beginning with a letter, such as dongcheng`,
    }),
  DISTRICT_NAME: z.string().trim().min(1).max(100).optional(),
  DISTRICT_SRID: number('DISTRICT_SRID', 4549, 1024, 998999),
  DISTRICT_TIME_ZONE: z
    .string()
    .default('Asia/Shanghai')
    .refine(isTimeZone, {
      error: (issue) => `DISTRICT_TIME_ZONE is "${String(issue.input)}"; expected an IANA name such as Asia/Shanghai`,
    }),
  DEMO: z
    .enum(['auto', 'yes', 'no'], { error: (issue) => `DEMO is "${String(issue.input)}"; expected auto, yes or no` })
    .default('auto'),
  OPERATOR: z.string().trim().min(1).max(100).default('local operator'),
  MAX_UPLOAD_MB: number('MAX_UPLOAD_MB', 200, 1, 4096),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: (issue) =>
        `LOG_LEVEL is "${String(issue.input)}"; expected fatal, error, warn, info, debug, trace or silent`,
    })
    .default('warn'),
  BASE_MAP_URL: z
    .string()
    .optional()
    .refine(
      (text) => !text || (/^https?:\/\/\S+$/.test(text) && ['{x}', '{y}', '{z}'].every((part) => text.includes(part))),
      {
        error: (issue) => `BASE_MAP_URL is "${String(issue.input)}"; expected https://…/{z}/{x}/{y}.png`,
      },
    ),
  BASE_MAP_ATTRIBUTION: z.string().max(300).default(''),
  BASE_MAP_CRS: z
    .enum(['wgs84', 'gcj02'], { error: (issue) => `BASE_MAP_CRS is "${String(issue.input)}"; expected wgs84 or gcj02` })
    .default('wgs84'),
  TIANDITU_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{32}$/, 'TIANDITU_KEY is not the 32 hexadecimal digits Tianditu gives out')
    .optional(),
});

export type Config = {
  port: number;
  host: string;
  database_url: string | null;
  data_dir: string;
  /** Schema name of the district. */
  district: string;
  district_name: string | null;
  /** Metric CRS in which the district is stored. */
  srid: number;
  time_zone: string;
  /** auto: the demo district is loaded into an empty database unless DISTRICT names another one. */
  demo: boolean;
  /** The actor of every write until sign-in exists. */
  operator: string;
  max_upload_mb: number;
  log_level: string;
  base_map: { url: string; attribution: string; crs: 'wgs84' | 'gcj02' } | null;
  tianditu_key: string | null;
};

/** The settings are wrong; the message has one line for each. */
export class ConfigError extends Error {}

/** @throws ConfigError naming every wrong setting. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  // `PORT=` in a shell means "not set", not "the empty port".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => issue.message).join('\n'));
  const value = parsed.data;
  return {
    port: value.PORT,
    host: value.HOST,
    database_url: value.DATABASE_URL,
    data_dir: value.DATA_DIR,
    district: value.DISTRICT,
    district_name: value.DISTRICT_NAME ?? null,
    srid: value.DISTRICT_SRID,
    time_zone: value.DISTRICT_TIME_ZONE,
    demo: value.DEMO === 'yes' || (value.DEMO === 'auto' && given.DISTRICT === undefined),
    operator: value.OPERATOR,
    max_upload_mb: value.MAX_UPLOAD_MB,
    log_level: value.LOG_LEVEL,
    base_map: value.BASE_MAP_URL
      ? { url: value.BASE_MAP_URL, attribution: value.BASE_MAP_ATTRIBUTION, crs: value.BASE_MAP_CRS }
      : null,
    tianditu_key: value.TIANDITU_KEY ?? null,
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A connection address without its password, fit for a message. */
export function withoutPassword(url: string): string {
  return url.replace(/(\/\/[^:/@]+):[^@]*@/, '$1:…@');
}
