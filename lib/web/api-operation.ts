import type { RefusalCode } from "#lib/errors";
import { whyNoKey } from "#lib/web/admit";
import type { ApiArea } from "#lib/web/api-areas";
import { type Components, type JsonSchema, toJsonSchema } from "#lib/web/api-schemas";
import type { AnyEndpoint } from "#lib/web/endpoint";
import type { FileRule } from "#lib/web/read-request";

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
};
export type Content = Record<string, { schema: JsonSchema; example?: string }>;
export type ApiAnswer = { description: string; content?: Content };
export type Operation = {
  operationId: string;
  tags: [ApiArea];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters: (Parameter | { $ref: string })[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, ApiAnswer | { $ref: string }>;
  /** The permission it takes: a key's scope, or something of a person's role. */
  "x-permission"?: string;
  /** Why no key may; absent where one with the scope may. */
  "x-people-only"?: string;
};

/** Where in the API an endpoint is. */
export type Place = { path: string; method: Method; area: ApiArea };

/** An endpoint as the document describes it. */
export function describeOperation(
  place: Place,
  endpoint: AnyEndpoint,
  components: Components,
  closed: boolean,
): Operation {
  const { summary = "", description, permission, body } = endpoint;
  const takes = endpoint.takes ?? endpoint.streams;
  const noKey = whyNoKey(endpoint);
  return {
    operationId: operationIdOf(place),
    tags: [place.area],
    summary,
    ...(description && { description }),
    security: securityOf(endpoint, noKey),
    parameters: parametersOf(place, endpoint, components),
    ...(body && {
      requestBody: {
        required: true,
        content: json(toJsonSchema(body, "input", components)),
      },
    }),
    ...(takes && { requestBody: { required: true, content: filesOf(takes) } }),
    responses: responsesOf(place, endpoint, components, closed),
    ...(permission && { "x-permission": permission }),
    ...(noKey && { "x-people-only": noKey }),
  };
}

/** `GET /tenants/{tenant}/invoices` is `get-tenants-tenant-invoices`: an anchor too. */
export function operationIdOf({ method, path }: Pick<Place, "method" | "path">): string {
  return `${method}${path}`
    .toLowerCase()
    .replaceAll(/[{}]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-");
}

function securityOf({ who, permission }: AnyEndpoint, noKey?: string): Operation["security"] {
  if (who === "anyone") return [];
  const byKey = noKey ? [] : [{ apiKey: permission ? [permission] : [] }];
  return who === "key" ? byKey : [...byKey, { session: [] }];
}

function parametersOf(
  { path, method }: Place,
  { params, query, idempotencyKey }: AnyEndpoint,
  components: Components,
): Operation["parameters"] {
  const described = params ? propertiesOf(toJsonSchema(params, "input", components)) : {};
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) =>
    parameter("path", name!, described[name!] ?? { type: "string" }, true),
  );
  const asked = query ? toJsonSchema(query, "input", components) : {};
  const required = new Set(asked.required as string[] | undefined);
  const inQuery = Object.entries(propertiesOf(asked)).map(([name, schema]) =>
    parameter("query", name, schema, required.has(name)),
  );
  const takesKey = method !== "GET" && idempotencyKey !== false;
  const inHeader = takesKey ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : [];
  return [...inPath, ...inQuery, ...inHeader];
}

function parameter(
  where: "path" | "query",
  name: string,
  { description, ...schema }: JsonSchema,
  required: boolean,
): Parameter {
  const isSlug = where === "path" && name === "tenant" && description === undefined;
  const told = isSlug ? "The workspace, by its slug." : description;
  return { name, in: where, required, ...(told ? { description: String(told) } : {}), schema };
}

function responsesOf(
  place: Place,
  endpoint: AnyEndpoint,
  components: Components,
  closed: boolean,
): Operation["responses"] {
  const { answer, answersWith, status } = endpoint;
  const problems = problemsOf(place, endpoint);
  if (answersWith) {
    const content = { [answersWith]: { schema: { type: "string", format: "binary" } } };
    return { [status ?? 200]: { description: "The file.", content }, ...problems };
  }
  if (!answer) return { [status ?? 204]: { description: "Done; nothing to say." }, ...problems };
  const content = json(toJsonSchema(answer, "output", components, closed));
  return { [status ?? 200]: { description: "What was asked for.", content }, ...problems };
}

function problemsOf(
  { path, method }: Place,
  { who, params, query, body, takes, streams, permission, idempotencyKey }: AnyEndpoint,
): Operation["responses"] {
  const isWrite = method !== "GET";
  const may: Record<number, [RefusalCode, boolean]> = {
    400: ["invalid", Boolean(params ?? query ?? body ?? takes ?? streams)],
    401: ["unauthenticated", who !== "anyone"],
    403: ["forbidden", permission !== undefined || isWrite],
    404: ["not_found", path.includes("{")],
    409: ["conflict", isWrite],
    413: ["too_large", (takes ?? streams) !== undefined],
    415: ["unsupported_type", Boolean(body ?? takes ?? streams)],
    422: ["unprocessable", isWrite && idempotencyKey !== false],
    429: ["too_many", true],
  };
  return Object.fromEntries(
    Object.entries(may)
      .filter(([, [, can]]) => can)
      .map(([status, [code]]) => [status, { $ref: `#/components/responses/${code}` }]),
  );
}

function propertiesOf({ properties }: JsonSchema): Record<string, JsonSchema> {
  return (properties ?? {}) as Record<string, JsonSchema>;
}

function filesOf({ types, example }: FileRule): Content {
  const schema = { type: "string", format: "binary" };
  return Object.fromEntries(types.map((type) => [type, { schema, example }]));
}

function json(schema: JsonSchema): Content {
  return { "application/json": { schema } };
}
