/**
 * JSON read piece by piece: tells of every bracket, key and value as it comes and keeps nothing but the open brackets,
 * so that a document of any size is read in the memory of one chunk. NaN and Infinity, which Python writes, are null.
 */
export type JsonEvents = {
  open: (bracket: '{' | '[') => void;
  close: () => void;
  key: (name: string) => void;
  value: (value: string | number | boolean | null) => void;
};

/** The text breaks the rules of JSON; `line` and `column` from 1. */
export class BrokenJson extends Error {
  constructor(message: string, line: number, column: number) {
    super(`${message} at line ${line}, column ${column}`);
  }
}

/** Long enough for any text that belongs to a track; a million characters in one string are an attack or a mistake. */
const LONGEST_TOKEN = 100_000;
/** RFC 8259 lets a reader limit nesting; GeoJSON needs 8. */
const DEEPEST = 100;

/** What may come. */
const next = { value: 0, firstValue: 1, firstKey: 2, key: 3, colon: 4, comma: 5, end: 6 } as const;
type Expecting = (typeof next)[keyof typeof next];
const words = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ...['null', 'NaN', 'Infinity', '-Infinity'].map((word): [string, null] => [word, null]),
]);

export function createJsonReader(events: JsonEvents): { write: (text: string) => void; end: () => void } {
  let rest = '';
  let expecting: Expecting = next.value;
  const open: boolean[] = []; // true: an object
  let [line, lineStart, before] = [1, 0, 0];

  return {
    write: (text) => {
      rest = read(rest + text, false);
      if (rest.length > LONGEST_TOKEN) throw broken('a string or number is too long', 0);
    },
    end: () => {
      read(rest, true);
      if (expecting !== next.end) throw broken('the document ends before it is complete', rest.length);
    },
  };

  function broken(message: string, at: number): BrokenJson {
    return new BrokenJson(message, line, before + at - lineStart + 1);
  }

  /** @returns what is left: a token of which more may come. */
  function read(text: string, last: boolean): string {
    let i = 0;
    const kept = (from: number): string => {
      before += from;
      return text.slice(from);
    };
    for (;;) {
      const code = text.charCodeAt(i);
      if (Number.isNaN(code)) return kept(i);
      if (code === 10) {
        line += 1;
        lineStart = before + i + 1;
        i += 1;
      } else if (code === 32 || code === 13 || code === 9 || (code === 0xfeff && before + i === 0)) i += 1;
      else if (code === 34) {
        const end = endOfString(text, i);
        if (end === -1) {
          if (last) throw broken('a string is not closed', i);
          return kept(i);
        }
        string(stringOf(text, i, end), i);
        i = end;
      } else if (code === 123 || code === 91) {
        begin(code === 123, i);
        i += 1;
      } else if (code === 125 || code === 93) {
        finish(code === 125, i);
        i += 1;
      } else if (code === 44) {
        if (expecting !== next.comma) throw broken('a comma is out of place', i);
        expecting = open.at(-1) ? next.key : next.value;
        i += 1;
      } else if (code === 58) {
        if (expecting !== next.colon) throw broken('a colon is out of place', i);
        expecting = next.value;
        i += 1;
      } else {
        let end = i;
        while (end < text.length && isWordCharacter(text.charCodeAt(end))) end += 1;
        if (end === i) throw broken(`"${text[i]}" is out of place`, i);
        if (end === text.length && !last) return kept(i);
        value(wordOf(text.slice(i, end), i), i);
        i = end;
      }
    }
  }

  function begin(isObject: boolean, at: number): void {
    requireValue(at);
    if (open.length === DEEPEST) throw broken(`more than ${DEEPEST} brackets in each other`, at);
    open.push(isObject);
    expecting = isObject ? next.firstKey : next.firstValue;
    events.open(isObject ? '{' : '[');
  }

  function finish(isObject: boolean, at: number): void {
    const may = expecting === next.comma || expecting === (isObject ? next.firstKey : next.firstValue);
    if (!may || open.pop() !== isObject) throw broken('a closing bracket is out of place', at);
    expecting = open.length === 0 ? next.end : next.comma;
    events.close();
  }

  function string(text: string, at: number): void {
    if (expecting !== next.key && expecting !== next.firstKey) return value(text, at);
    expecting = next.colon;
    events.key(text);
  }

  function value(one: string | number | boolean | null, at: number): void {
    requireValue(at);
    expecting = open.length === 0 ? next.end : next.comma;
    events.value(one);
  }

  function requireValue(at: number): void {
    if (expecting === next.value || expecting === next.firstValue) return;
    const wanted = { [next.colon]: 'a colon', [next.comma]: 'a comma or a closing bracket', [next.end]: 'the end' };
    throw broken(`expected ${(wanted as Record<number, string>)[expecting] ?? 'a key in quotes'}`, at);
  }

  function wordOf(word: string, at: number): number | boolean | null {
    const known = words.get(word);
    if (known !== undefined) return known;
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(word)) return Number(word);
    throw broken(`"${word.slice(0, 40)}" is no JSON value`, at);
  }

  function stringOf(text: string, from: number, end: number): string {
    const inner = text.slice(from + 1, end - 1);
    if (!inner.includes('\\')) return inner;
    try {
      return JSON.parse(text.slice(from, end)) as string;
    } catch {
      throw broken('a string has a broken escape', from);
    }
  }
}

/** Behind the closing quote, or -1. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 92) slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return -1;
}

/** Digits, letters, + - . */
const isWordCharacter = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  code === 43 ||
  code === 45 ||
  code === 46;
