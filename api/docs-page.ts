/** The OpenAPI document as one readable page: no script, no request to anywhere. */
import { answers } from './http/answer-problem.ts';
import { escapeHtml as escape } from './http/html.ts';
import type { DocumentedOperation, OpenApiDocument, Parameter } from './openapi.ts';
import type { Schema } from './openapi-schemas.ts';
import type { ProblemKind } from './problems.ts';

/** @param base where the reader reached us, for the examples: `http://127.0.0.1:8080`. */
export function docsPage(document: OpenApiDocument, base: string): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = document.tags.filter(({ name }) => operations.some(({ operation }) => operation.tags[0] === name));
  const shapes = Object.entries(document.components.schemas);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>路长 Luzhang API ${escape(document.info.version)}</title>
<style>${style}</style>
</head>
<body>
<nav>
<p><strong>路长 API</strong> ${escape(document.info.version)}</p>
${tags
  .map(
    ({ name }) =>
      `<a href="#${name}">${name}</a><ul>${operations
        .filter(({ operation }) => operation.tags[0] === name)
        .map(
          ({ method, path, operation }) =>
            `<li><a href="#${operation.operationId}"><b>${method}</b> ${escape(path.replace(/^\/api/, ''))}</a></li>`,
        )
        .join('')}</ul>`,
  )
  .join('\n')}
<a href="#problems">problems</a>
<a href="#shapes">shapes</a>
</nav>
<main>
<h1>路长接口 · Luzhang API</h1>
<p>${prose(document.info.description)}</p>
<p>Machine-readable: <a href="/api/openapi.json">OpenAPI ${document.openapi}</a>.</p>
${tags
  .map(
    ({ name, description }) =>
      `<h2 id="${name}">${name}</h2><p>${prose(description)}</p>${operations
        .filter(({ operation }) => operation.tags[0] === name)
        .map(({ method, path, operation }) => section(method, path, operation, base))
        .join('\n')}`,
  )
  .join('\n')}
<h2 id="problems">Problems</h2>
<p>What cannot be done is answered with <code>application/problem+json</code> (RFC 9457): <code>detail</code> says what came and what was expected, <code>hint</code> what to do, <code>errors</code> names each faulty field. Nothing is half written.</p>
${Object.entries(answers)
  .map(
    ([kind, { status, title }]) =>
      `<h3 id="problem-${kind}"><code>${kind}</code> ${status} ${escape(title)}</h3><p>${prose(remedies[kind as ProblemKind])}</p>`,
  )
  .join('\n')}
<h2 id="shapes">Shapes</h2>
${shapes.map(([name, schema]) => `<h3 id="shape-${name}">${name}</h3>${shape(schema)}`).join('\n')}
</main>
</body>
</html>`;
}

const remedies: Record<ProblemKind, string> = {
  invalid:
    'A field, parameter or address is not as expected. Correct what `errors` names; sending the same again gives the same answer.',
  not_found: 'The id, zone, layer or address is not there (any more). Load the list again.',
  conflict:
    'The request is right in itself but against what is there, such as a stretch that somebody else holds. `conflicts` names the other one and the metres; decide, or send `replace`.',
  too_large: 'Send less at once, or a file to `/api/imports`; MAX_UPLOAD_MB sets how large that may be.',
  unreadable: 'The body is of a kind, compression or character set that is not read here.',
  busy: 'Another change was at the same rows, or the database has no connection free. Send it again after `Retry-After` seconds.',
};

function section(method: string, path: string, operation: DocumentedOperation, base: string): string {
  const body = operation.requestBody?.content;
  return `<section id="${operation.operationId}">
<h3><b class="${method}">${method}</b> <code>${escape(path)}</code></h3>
<p>${prose(operation.summary)}.</p>
${operation.description ? `<p>${prose(operation.description)}</p>` : ''}
${operation.parameters.length ? `<table><tr><th>parameter</th><th>type</th><th></th></tr>${operation.parameters.map(parameter).join('')}</table>` : ''}
${body ? `<p>Body: ${contents(body)}</p>` : ''}
<p>Answers: ${Object.entries(operation.responses)
    .map(([status, answer]) => {
      if ('$ref' in answer) return problemLink(status);
      return `<b>${status}</b> ${answer.content ? contents(answer.content) : escape(answer.description)}`;
    })
    .join(' · ')}</p>
<pre>${escape(curl(method, path, operation, base))}</pre>
</section>`;
}

function problemLink(status: string): string {
  const kind = Object.entries(answers).find(([, answer]) => String(answer.status) === status)?.[0];
  return kind ? `<a href="#problem-${kind}">${status}</a>` : status;
}

const contents = (content: Record<string, { schema?: Schema }>): string =>
  Object.entries(content)
    .map(([type, { schema }]) => (schema ? typeText(schema) : `<code>${escape(type)}</code>`))
    .join(', ');

function parameter({ name, required, description = '', schema, in: where }: Parameter): string {
  const fallback = schema.default === undefined ? '' : ` Default ${JSON.stringify(schema.default)}.`;
  const need = required && where === 'query' ? ' <em>required</em>' : '';
  return `<tr><td><code>${name}</code>${need}</td><td>${typeText(schema)}</td><td>${prose(description + fallback)}</td></tr>`;
}

function shape(schema: Schema): string {
  const about = typeof schema.description === 'string' ? `<p>${prose(schema.description)}</p>` : '';
  const properties = schema.properties as Record<string, Schema> | undefined;
  if (!properties) return `${about}<p>${typeText(schema)}</p>`;
  const required = (schema.required ?? []) as string[];
  const rows = Object.entries(properties).map(
    ([name, field]) =>
      `<tr><td><code>${name}${required.includes(name) ? '' : '?'}</code></td><td>${typeText(field)}</td><td>${prose(String(field.description ?? ''))}</td></tr>`,
  );
  return `${about}<table>${rows.join('')}</table>`;
}

/** A schema as a TypeScript-like type, its names linked. */
function typeText(schema: Schema): string {
  const {
    $ref,
    enum: words,
    anyOf,
    oneOf,
    items,
    prefixItems,
    properties,
    additionalProperties,
    type,
    format,
  } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1)!;
    return `<a href="#shape-${name}">${name}</a>`;
  }
  if ('const' in schema) return `<code>${escape(JSON.stringify(schema.const))}</code>`;
  if (Array.isArray(words)) return words.map((word) => `<code>${escape(String(word))}</code>`).join(' | ');
  const either = (anyOf ?? oneOf) as Schema[] | undefined;
  if (either) return either.map(typeText).join(' | ');
  if (Array.isArray(prefixItems)) return `[${(prefixItems as Schema[]).map(typeText).join(', ')}]`;
  if (items) return `${typeText(items as Schema)}[]`;
  if (properties) {
    const fields = Object.entries(properties as Record<string, Schema>);
    return `{ ${fields.map(([name, field]) => `${name}: ${typeText(field)}`).join(', ')} }`;
  }
  if (additionalProperties && typeof additionalProperties === 'object')
    return `{ [key]: ${typeText(additionalProperties as Schema)} }`;
  return escape(
    `${Array.isArray(type) ? type.join(' | ') : String(type ?? 'any')}${typeof format === 'string' ? ` (${format})` : ''}`,
  );
}

const values: Record<string, string> = {
  id: '1',
  layer: 'roads',
  z: '14',
  x: '13653',
  y: '6733',
  kind: 'roads',
  name: 'roads.geojson',
};

function curl(method: string, path: string, { requestBody, parameters }: DocumentedOperation, base: string): string {
  const asked = parameters
    .filter((each) => each.in === 'query' && each.required)
    .map(({ name }) => `${name}=${values[name] ?? ''}`);
  const address =
    base +
    path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '1') +
    (asked.length ? `?${asked.join('&')}` : '');
  if (!requestBody) return `curl '${address}'`;
  const [type, { example }] = Object.entries(requestBody.content)[0]!;
  const body = example === undefined ? `--data-binary @${values.name}` : `-d '${JSON.stringify(example, null, 2)}'`;
  return [`curl -X ${method.toUpperCase()} '${address}'`, `-H 'Content-Type: ${type}'`, body].join(' \\\n  ');
}

/** Escaped, with `code`, **bold** and blank lines as in Markdown. */
const prose = (text: string): string =>
  escape(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replaceAll('\n\n', '<br>');

const style = `
:root { color-scheme: light dark; --line: #8884; --accent: light-dark(#0b6b5c, #6fd3c0); }
body { margin: 0; display: grid; grid-template-columns: 15rem minmax(0, 56rem); gap: 2.5rem; font: 16px/1.55 system-ui, "Noto Sans CJK SC", sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem; box-sizing: border-box; border-right: 1px solid var(--line); font-size: 13px; }
nav ul { list-style: none; margin: 0 0 .6rem; padding: 0 0 0 .6rem; }
nav b { display: inline-block; min-width: 2.6rem; font-weight: 400; opacity: .7; }
main { padding: 1rem 1rem 6rem; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
section, h3 { scroll-margin-top: 1rem; }
section { margin: 2rem 0; }
h3 b { display: inline-block; padding: 0 .5em; border-radius: .3em; background: #0b6b5c; color: #fff; font-size: .8em; text-transform: uppercase; }
h3 b.post, h3 b.patch { background: #a14a00; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
td:first-child { width: 12rem; }
td:nth-child(2) { width: 16rem; }
td, th { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { overflow: auto; padding: .7rem 1rem; border: 1px solid var(--line); border-radius: .4rem; }
@media (max-width: 50rem) { body { display: block; } table { display: block; overflow: auto; } h3, p { overflow-wrap: anywhere; } nav { position: static; height: auto; border: 0; border-bottom: 1px solid var(--line); } }
`;
