import { z } from "zod";
import type { Context } from "#lib/context";
import { type Admitted, admit, permit, type RawParams } from "#lib/web/admit";
import { contextOf } from "#lib/web/context";
import type { AnyEndpoint, Endpoint, Who } from "#lib/web/endpoint";
import { doOnce } from "#lib/web/idempotency";
import { answerProblem } from "#lib/web/problem";
import { countUse, LimitReached, type LimitState, limitHeaders } from "#lib/web/rate-limit";
import { bodyOf, fileOf, parseJson, queryOf, streamOf } from "#lib/web/read-request";
import { refuseNul } from "#lib/web/refuse-nul";

const nothing = z.undefined();
const noFile = Buffer.alloc(0);
type Nothing = typeof nothing;
type Handler = (request: Request, next: { params: Promise<RawParams> }) => Promise<Response>;
export type RouteHandler = Handler & { readonly endpoint: AnyEndpoint };

/** Makes a Next route handler of an endpoint. The only place where the API catches errors. */
export function route<
  W extends Who,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  A extends z.ZodType = z.ZodUnknown,
>(endpoint: Endpoint<W, P, Q, B, A>): RouteHandler {
  return handle(endpoint as unknown as AnyEndpoint);
}

/** Describes a handler that has a front of its own, as the hot ones do. */
export function described<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  A extends z.ZodType = z.ZodUnknown,
>(
  endpoint: Omit<Endpoint<Who, P, Q, B, A>, "run" | "permission"> & { permission?: string },
  handler: (request: Request) => Promise<Response>,
): typeof handler & { readonly endpoint: AnyEndpoint } {
  return Object.assign(handler, { endpoint: endpoint as unknown as AnyEndpoint });
}

function handle(endpoint: AnyEndpoint): RouteHandler {
  const handler: Handler = async (request, next) => {
    const visitor = contextOf(request.headers);
    const headers: Record<string, string> = { "request-id": visitor.traceId };
    try {
      const answer = await serve(endpoint, visitor, request, await next.params, headers);
      return withHeaders(answer, headers);
    } catch (error) {
      if (error instanceof LimitReached) Object.assign(headers, limitHeaders([error.state]));
      return withHeaders(answerProblem(error, visitor.traceId), headers);
    }
  };
  return Object.assign(handler, { endpoint });
}

async function serve(
  endpoint: AnyEndpoint,
  visitor: Context,
  request: Request,
  raw: RawParams,
  headers: Record<string, string>,
): Promise<Response> {
  refuseNul(raw);
  const admitted = await admit(endpoint, visitor, request, raw);
  Object.assign(headers, limitHeaders(await countCall(endpoint, visitor, admitted)));
  permit(endpoint, admitted.ctx);
  const file = endpoint.takes ? await fileOf(request, endpoint.takes) : noFile;
  const text = endpoint.body ? await bodyOf(request) : file.toString("base64");
  const sent = {
    params: (endpoint.params ?? nothing).parse(endpoint.params ? raw : undefined),
    query: (endpoint.query ?? nothing).parse(endpoint.query ? queryOf(request) : undefined),
    body: (endpoint.body ?? nothing).parse(endpoint.body ? parseJson(text) : undefined),
    ...(endpoint.takes && { file }),
    ...(endpoint.streams && { stream: streamOf(request, endpoint.streams) }),
  };
  for (const part of [sent.query, sent.body]) refuseNul(part);
  const run = async (ctx: Context) =>
    toResponse(await endpoint.run(ctx as never, sent as never), endpoint.status);
  if (endpoint.idempotencyKey === false) return run(admitted.ctx);
  return doOnce({ ...admitted, request, text }, run);
}

/** A key counts for itself and for its workspace; whoever else calls counts once. */
async function countCall(
  { limit }: AnyEndpoint,
  { db }: Context,
  { caller, tenantId }: Admitted,
): Promise<LimitState[]> {
  if (tenantId === undefined) return [await countUse(db, limit ?? "api", caller)];
  const ofKey = await countUse(db, limit ?? "api.key", caller);
  return limit ? [ofKey] : [ofKey, await countUse(db, "api.workspace", tenantId)];
}

function toResponse(value: unknown, status = 200): Response {
  if (value instanceof Response) return value;
  if (value === undefined) return new Response(null, { status: 204 });
  const json = JSON.stringify(value, (_key, part) =>
    typeof part === "bigint" ? part.toString() : part,
  );
  return new Response(json, {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}

/** A response of its own, because a redirect's headers cannot be added to. */
function withHeaders(answer: Response, more: Record<string, string>): Response {
  const headers = new Headers(answer.headers);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return new Response(answer.body, { status: answer.status, headers });
}
