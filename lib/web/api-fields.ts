import type { Components, JsonSchema } from "#lib/web/api-schemas";

/** One field of what is sent or answered, with the path to it: `rows[].total.minor`. */
export type Field = { path: string; type: string; isRequired: boolean; description: string };

const mostDepth = 4;

/** The fields of a schema, line by line, those inside others below them. */
export function fieldsOf(
  schema: JsonSchema,
  components: Components,
  under = "",
  depth = 0,
): Field[] {
  const whole = resolve(schema, components);
  if (whole.type === "array") {
    return fieldsOf(whole.items as JsonSchema, components, `${under}[]`, depth);
  }
  const required = new Set(whole.required as string[] | undefined);
  const properties = Object.entries((whole.properties ?? {}) as Record<string, JsonSchema>);
  return properties.flatMap(([name, property]) => {
    const path = under ? `${under}.${name}` : name;
    const field = {
      ...{ path, type: typeOf(property, components), isRequired: required.has(name) },
      description: descriptionOf(property, components),
    };
    const inner =
      depth < mostDepth ? fieldsOf(bare(property, components), components, path, depth + 1) : [];
    return [field, ...inner];
  });
}

/** A schema's type in a few words: `string or null`, `"month" or "year"`, `list of Invoice`. */
export function typeOf(schema: JsonSchema, components: Components): string {
  if (typeof schema.$ref === "string") {
    const name = nameIn(schema.$ref);
    return isNamedLeaf(components[name]) ? leafType(components[name]!) : name.replace(/Sent$/, "");
  }
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (choices) return [...new Set(choices.map((one) => typeOf(one, components)))].join(" or ");
  if (schema.type === "array") return `list of ${typeOf(schema.items as JsonSchema, components)}`;
  return leafType(schema);
}

/** A value such as the schema describes, short enough to read. */
export function exampleOf(schema: JsonSchema, components: Components, depth = 0): unknown {
  const whole = resolve(schema, components);
  const [given] = (whole.examples as unknown[] | undefined) ?? [];
  if (given !== undefined) return given;
  if (whole.const !== undefined) return whole.const;
  if (whole.default !== undefined) return whole.default;
  if (Array.isArray(whole.enum)) return whole.enum[0];
  const choices = (whole.anyOf ?? whole.oneOf) as JsonSchema[] | undefined;
  if (choices?.[0]) return exampleOf(choices[0], components, depth);
  if (whole.type === "array") {
    return depth > mostDepth ? [] : [exampleOf(whole.items as JsonSchema, components, depth + 1)];
  }
  if (whole.properties) return exampleObject(whole, components, depth);
  return exampleLeaf(whole);
}

/** What must be said, and what else has an example of its own; where nothing must, the first. */
function exampleObject(whole: JsonSchema, components: Components, depth: number): unknown {
  if (depth > mostDepth) return {};
  const all = Object.entries(whole.properties as Record<string, JsonSchema>);
  const required = new Set(whole.required as string[] | undefined);
  const said = all.filter(([name, property]) => required.has(name) || property.examples);
  return Object.fromEntries(
    (said.length > 0 ? said : all.slice(0, 1)).map(([name, property]) => {
      const value = exampleOf(property, components, depth + 1);
      return [name, value === "text" ? (wordsFor[name] ?? value) : value];
    }),
  );
}

/** What a field of such a name commonly holds. */
export const wordsFor: Readonly<Record<string, string>> = {
  ...{ email: "ada@northbeam.test", name: "Ada Byrne", company: "Northbeam", plan: "pro" },
  ...{ current: "three quiet lamps", password: "three quiet lamps" },
  ...{ key: "march_2026", meter: "api_calls", meterKey: "api_calls", amount: "250000" },
  ...{ minor: "1250", amountMinor: "1250", seenMinor: "1250", currency: "usd" },
  ...{ why: "They asked for it.", reason: "Counted twice.", note: "Looked into it." },
  ...{ url: "https://example.com/webhooks", type: "eu_vat", value: "DE123456789" },
  ...{ description: "Goodwill", intentId: "pi_3Qa", code: "SPRING", method: "klarna" },
  ...{ objectType: "invoice", objectId: "in_1Qa", asOf: "2026-11-21T09:30:00.000Z" },
};

function exampleLeaf({ type, format, minimum }: JsonSchema): unknown {
  const kind = Array.isArray(type) ? type[0] : type;
  if (format === "date-time") return "2026-11-21T09:30:00.000Z";
  if (format === "email") return "ada@northbeam.test";
  if (format === "uri") return "https://example.com";
  if (kind === "integer" || kind === "number") return typeof minimum === "number" ? minimum : 1;
  if (kind === "boolean") return true;
  if (kind === "null") return null;
  return kind === "object" ? {} : "text";
}

function leafType(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(" or ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.format === "date-time") return "instant";
  if (Array.isArray(schema.type)) return schema.type.join(" or ");
  return typeof schema.type === "string" ? schema.type : "anything";
}

/** A named part without fields of its own: an instant, a currency. */
function isNamedLeaf(schema: JsonSchema | undefined): boolean {
  return schema !== undefined && schema.properties === undefined && schema.type !== "array";
}

function descriptionOf(schema: JsonSchema, components: Components): string {
  return String(schema.description ?? resolve(schema, components).description ?? "");
}

/** What is inside a list or beside null: that of which there may be fields. */
function bare(schema: JsonSchema, components: Components): JsonSchema {
  const whole = resolve(schema, components);
  const choices = (whole.anyOf ?? whole.oneOf) as JsonSchema[] | undefined;
  return (
    choices?.map((one) => resolve(one, components)).find(({ type }) => type !== "null") ?? whole
  );
}

function resolve(schema: JsonSchema, components: Components): JsonSchema {
  if (typeof schema.$ref !== "string") return schema;
  const { $ref, ...beside } = schema;
  return { ...components[nameIn(schema.$ref)], ...beside };
}

function nameIn(ref: string): string {
  return ref.replace("#/components/schemas/", "");
}
