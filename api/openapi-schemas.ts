/** From zod to the schemas of OpenAPI 3.1, which are JSON Schema 2020-12: shapes with an id become components. */
import { z } from 'zod';

export type Schema = { [key: string]: unknown };
type Components = { schemas: Record<string, Schema>; responses: Record<string, object> };

/** A reference for a shape with a name, else the shape itself. */
export function schemaOf(shape: z.ZodType): Schema {
  const name = z.globalRegistry.get(shape)?.id;
  return name ? { $ref: `#/components/schemas/${name}` } : convert(shape);
}

// Shapes are written as they come in: a field with a default may be left out. Answers always have it.
const written = {
  io: 'input',
  unrepresentable: 'any',
  override: ({ jsonSchema }) => nameEveryKey(jsonSchema),
} as const satisfies z.core.ToJSONSchemaParams;

/** A record over an enum requires its keys but does not say what each holds, which readers of the document stumble over. */
function nameEveryKey(schema: z.core.JSONSchema.BaseSchema): void {
  if (!schema.propertyNames || !schema.required || typeof schema.additionalProperties !== 'object') return;
  schema.properties = Object.fromEntries(schema.required.map((key) => [key, schema.additionalProperties!]));
  schema.additionalProperties = false;
  delete schema.propertyNames;
}

/** A shape as a schema whose named parts are references to components. */
export function convert(shape: z.ZodType): Schema {
  const schema = without(['$schema', '$defs'], z.toJSONSchema(shape, written));
  return JSON.parse(JSON.stringify(schema).replaceAll('#/$defs/', '#/components/schemas/')) as Schema;
}

const without = (keys: string[], schema: object): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));

/** Every shape with a name, in the order of names. */
export function schemas(): Record<string, Schema> {
  const { schemas: all } = z.toJSONSchema(z.globalRegistry, { ...written, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(all)
      .map(([id, schema]) => [id, without(['$schema', '$id'], schema)] as const)
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );
}

/** The components that the paths lead to, directly or through each other. */
export function mentioned<All extends Components>(from: object, components: All): All {
  const found = new Set<string>();
  const follow = (value: object): void => {
    for (const [, kind, name] of JSON.stringify(value).matchAll(/"#\/components\/(schemas|responses)\/(\w+)"/g)) {
      if (found.has(`${kind}/${name}`)) continue;
      found.add(`${kind}/${name}`);
      follow(components[kind as 'schemas' | 'responses'][name!]!);
    }
  };
  follow(from);
  const kept = <Component>(kind: string, all: Record<string, Component>): Record<string, Component> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => found.has(`${kind}/${name}`)));
  return { schemas: kept('schemas', components.schemas), responses: kept('responses', components.responses) } as All;
}
