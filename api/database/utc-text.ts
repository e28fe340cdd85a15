/**
 * A moment as text, in SQL: UTC to the microsecond, always of the same width, so that two of them compare as text. Cut to
 * milliseconds, as a JavaScript date has it, what was written in the same one would fall out.
 */
export const utcText = (moment: string): string =>
  `to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
