import { z } from "zod";
import type { Context } from "#lib/context";
import { env } from "#lib/env";
import { invariant, Refusal } from "#lib/errors";
import type { PersonContext, PlatformContext, TenantContext } from "#lib/tenancy/context";
import { enterPlatform } from "#lib/tenancy/enter-platform";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { findSession } from "#lib/tenancy/find-session";
import {
  type PlatformPermission,
  requirePermission,
  requirePlatform,
  type TenantPermission,
} from "#lib/tenancy/permissions";
import { contextOf } from "#lib/web/context";
import type { LimitName } from "#lib/web/limits";
import { limitedAddress, requireSameOrigin } from "#lib/web/origin";
import { answerProblem } from "#lib/web/problem";
import { countUse } from "#lib/web/rate-limit";
import { sessionIdOf } from "#lib/web/session-cookie";

type Contexts = {
  anyone: Context;
  person: PersonContext;
  tenant: TenantContext;
  platform: PlatformContext;
};
type Permissions = {
  anyone: never;
  person: never;
  tenant: TenantPermission;
  platform: PlatformPermission;
};
type Who = keyof Contexts;
type RawParams = Record<string, string | string[] | undefined>;

/** One endpoint: who may, what they send, one verb, one answer. */
type Route<W extends Who, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  who: W;
  permission?: Permissions[W];
  params?: P;
  query?: Q;
  body?: B;
  /** A limit of its own, per person where one is known and per address otherwise. */
  limit?: LimitName;
  status?: number;
  run(
    ctx: Contexts[W],
    sent: { params: z.output<P>; query: z.output<Q>; body: z.output<B> },
  ): unknown;
};

const nothing = z.undefined();
type Nothing = typeof nothing;
const bodyLimit = 1_000_000;

/** Makes a Next route handler of an endpoint. The only place where the API catches errors. */
export function route<
  W extends Who,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(spec: Route<W, P, Q, B>) {
  return async (request: Request, next: { params: Promise<RawParams> }): Promise<Response> => {
    const visitor = contextOf(request.headers);
    try {
      requireSameOrigin(request, env().LOCKSTEP_URL);
      const raw = await next.params;
      const { ctx, caller } = await admit(spec.who, visitor, request, raw);
      const headers = await countUse(visitor.db, spec.limit ?? "api", caller);
      permit(spec.who, ctx, spec.permission);
      const sent = {
        params: (spec.params ?? nothing).parse(spec.params ? raw : undefined),
        query: (spec.query ?? nothing).parse(spec.query ? queryOf(request) : undefined),
        body: (spec.body ?? nothing).parse(spec.body ? await bodyOf(request) : undefined),
      } as { params: z.output<P>; query: z.output<Q>; body: z.output<B> };
      return answer(await spec.run(ctx as Contexts[W], sent), spec.status, headers);
    } catch (error) {
      return answerProblem(error, visitor.traceId);
    }
  };
}

/** The context the endpoint asks for, and by whom its uses are counted. */
async function admit(who: Who, visitor: Context, request: Request, params: RawParams) {
  const address = `address:${limitedAddress(visitor.origin.ip)}`;
  if (who === "anyone") return { ctx: visitor, caller: address };

  const sessionId = await sessionIdOf(request.headers);
  const person = sessionId && (await findSession(visitor, sessionId));
  if (!person) throw new Refusal("unauthenticated", "Sign in first.");
  const caller = `person:${person.userId}`;
  if (who === "person") return { ctx: person, caller };
  if (who === "platform") return { ctx: enterPlatform(person), caller };
  const slug = params.tenant;
  invariant(typeof slug === "string", "a tenant's route has [tenant] in its path");
  return { ctx: await enterTenant(person, slug), caller };
}

/** Verbs ask again; asking here too answers before a body is even read. */
function permit(who: Who, ctx: Context, permission: string | undefined): void {
  if (!permission) return;
  if (who === "tenant") requirePermission(ctx as TenantContext, permission as TenantPermission);
  if (who === "platform") requirePlatform(ctx as PlatformContext, permission as PlatformPermission);
}

function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

async function bodyOf(request: Request): Promise<unknown> {
  if (!request.headers.get("content-type")?.startsWith("application/json")) {
    throw new Refusal("invalid", "Send the body as application/json.");
  }
  const text = await textOf(request);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalid", "The body is not valid JSON.");
  }
}

/** The body, measured in bytes while it arrives: what is too large is never held whole. */
async function textOf(request: Request): Promise<string> {
  const tooLarge = () => new Refusal("too_large", "The body is larger than 1 MB.");
  if (Number(request.headers.get("content-length")) > bodyLimit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (bytes > bodyLimit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function answer(value: unknown, status: number | undefined, headers: Record<string, string>) {
  if (value instanceof Response) return value;
  if (value === undefined) return new Response(null, { status: 204, headers });
  const json = JSON.stringify(value, (_key, part) =>
    typeof part === "bigint" ? part.toString() : part,
  );
  return new Response(json, {
    status: status ?? 200,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}
