import { z } from "zod";
import { type ApiArea, apiAreas, areaOfPath } from "#lib/web/api-areas";
import {
  describeOperation,
  type Method,
  methods,
  type Operation,
  type Parameter,
} from "#lib/web/api-operation";
import { apiProblems, problemCodes } from "#lib/web/api-problems";
import { type Components, type JsonSchema, toJsonSchema } from "#lib/web/api-schemas";
import type { AnyEndpoint } from "#lib/web/endpoint";
import { holdSeconds, keepHours } from "#lib/web/idempotency";
import type { RouteHandler } from "#lib/web/route";

/** The modules of route files, by their path from app/api/v1. */
export type RouteModules = Record<string, Partial<Record<Method, unknown>>>;

export type ApiDocument = {
  openapi: "3.1.1";
  info: { title: string; version: string; summary: string; description: string };
  servers: { url: string }[];
  tags: { name: ApiArea; description: string }[];
  paths: Record<string, Partial<Record<Lowercase<Method>, Operation>>>;
  components: {
    securitySchemes: Record<string, JsonSchema>;
    parameters: Record<string, Parameter>;
    responses: Record<string, JsonSchema>;
    schemas: Components;
  };
};

/** One endpoint and where it is. */
export type Placed = { file: string; path: string; method: Method; endpoint: AnyEndpoint };

/** Every endpoint made with `route`, in the order of their paths. */
export function placeEndpoints(modules: RouteModules): Placed[] {
  return Object.entries(modules)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([file, module]) =>
      methods.flatMap((method) => {
        const handler = module[method] as Partial<RouteHandler> | undefined;
        if (!handler?.endpoint) return [];
        return [{ file, path: pathOf(file), method, endpoint: handler.endpoint }];
      }),
    );
}

/** The API as OpenAPI 3.1, from the very schemas its routes parse with. */
export function describeApi(modules: RouteModules, serverUrl: string, closed = false): ApiDocument {
  const schemas: Components = { Problem: toJsonSchema(problemSchema, "output", {}) };
  const paths: ApiDocument["paths"] = {};
  for (const { path, method, endpoint } of placeEndpoints(modules)) {
    const area = areaOfPath(path) ?? "workspace";
    const operation = describeOperation({ path, method, area }, endpoint, schemas, closed);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Lockstep API",
      version: "1",
      summary: "Plans, billing, usage and webhooks of a workspace.",
      description: "Every write of the dashboard goes through this API.",
    },
    servers: [{ url: serverUrl }],
    tags: Object.entries(apiAreas).map(([name, { about }]) => ({
      name: name as ApiArea,
      description: about,
    })),
    paths,
    components: {
      securitySchemes,
      parameters: { IdempotencyKey: idempotencyKey },
      responses: Object.fromEntries(problemCodes.map((code) => [code, problemResponse(code)])),
      schemas: Object.fromEntries(Object.entries(schemas).toSorted()),
    },
  };
}

/** `./tenants/[tenant]/route.ts` answers at `/tenants/{tenant}`. */
function pathOf(file: string): string {
  const path = file.replace(/^\.?\//, "").replace(/\/?route\.ts$/, "");
  return `/${path.replaceAll("[", "{").replaceAll("]", "}")}`;
}

const problemSchema = z.object({
  type: z.url().describe("Where this reference explains it."),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe("What is wrong and what to do, for people."),
  code: z.enum(problemCodes).describe("For programs."),
  requestId: z.string().optional().describe("What to name when asking us about it."),
  field: z.string().optional().describe("The input at fault, where it is one."),
  errors: z
    .array(z.object({ field: z.string(), message: z.string() }))
    .optional()
    .describe("Every input at fault."),
});

const securitySchemes = {
  apiKey: {
    type: "http",
    scheme: "bearer",
    description: "A workspace's API key, lsk_test_… or lsk_live_…, with the scopes listed.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "next-auth.session-token",
    description: "A signed-in browser. Writes must come from our own pages.",
  },
};

const idempotencyKey: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    `Names this request, so that repeating it does it once. Its answer is kept for ${keepHours}` +
    ` hours and given again with Idempotency-Replayed: true. While the first is at work, 409 with` +
    ` Retry-After; for at most ${holdSeconds} seconds if it died.`,
  schema: { type: "string", minLength: 1, maxLength: 255, examples: ["5d0b4b0e-8d6f-4bd3"] },
};

function problemResponse(code: keyof typeof apiProblems): JsonSchema {
  const { means, mend } = apiProblems[code];
  const schema = { $ref: "#/components/schemas/Problem" };
  const retries = code === "too_many" || code === "conflict" || code === "unavailable";
  return {
    description: `${means} ${mend}`,
    content: { "application/problem+json": { schema } },
    ...(retries && {
      headers: {
        "Retry-After": { description: "Seconds to wait.", schema: { type: "integer", minimum: 0 } },
      },
    }),
  };
}
