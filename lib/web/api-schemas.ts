import { z } from "zod";

export type JsonSchema = { [key: string]: unknown };
/** The named parts of every schema. */
export type Components = Record<string, JsonSchema>;

/**
 * The JSON Schema of a zod schema, as callers send it (`input`) or are answered (`output`). Parts
 * with an id go to `components` and are referred to. An answer may grow, so a client must bear
 * properties it does not know; `closed` forbids them all the same, for our own tests.
 */
export function toJsonSchema(
  schema: z.ZodType,
  io: "input" | "output",
  components: Components,
  closed = false,
): JsonSchema {
  const { $schema, $defs, ...whole } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => simplify(jsonSchema as JsonSchema, io === "output" && !closed),
  }) as JsonSchema & { $defs?: Components };
  for (const [id, part] of Object.entries($defs ?? {})) {
    components[nameOf(id, io)] = referTo(part, io) as JsonSchema;
  }
  return referTo(whole, io) as JsonSchema;
}

/** What is sent and what is answered may differ in one schema: by defaults, or in what is open. */
function nameOf(id: string, io: "input" | "output"): string {
  return io === "input" ? `${id}Sent` : id;
}

/** Takes out what says nothing: a format's pattern, the bounds of any safe integer. */
function simplify(schema: JsonSchema, isOpen: boolean): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (isOpen && schema.additionalProperties === false) delete schema.additionalProperties;
  // In the meta of a part the name is ours; in a JSON Schema it would be its address.
  delete schema.id;
}

function referTo(value: unknown, io: "input" | "output"): unknown {
  if (Array.isArray(value)) return value.map((item) => referTo(item, io));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const id = key === "$ref" && /^#\/\$defs\/(.+)$/.exec(String(part))?.[1];
      return [key, id ? `#/components/schemas/${nameOf(id, io)}` : referTo(part, io)];
    }),
  );
}
