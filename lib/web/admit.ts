import type { Context } from "#lib/context";
import { env } from "#lib/env";
import { invariant, Refusal } from "#lib/errors";
import { peopleOnly } from "#lib/tenancy/api-key";
import type { PersonContext, PlatformContext, TenantContext } from "#lib/tenancy/context";
import { enterByKey } from "#lib/tenancy/enter-by-key";
import { enterPlatform } from "#lib/tenancy/enter-platform";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { findSession } from "#lib/tenancy/find-session";
import {
  type PlatformPermission,
  requirePermission,
  requirePlatform,
  type TenantPermission,
} from "#lib/tenancy/permissions";
import type { AnyEndpoint } from "#lib/web/endpoint";
import { limitedAddress, requireSameOrigin } from "#lib/web/origin";
import { countUse } from "#lib/web/rate-limit";
import { sessionIdOf } from "#lib/web/session-cookie";

export type RawParams = Record<string, string | string[] | undefined>;
/** `caller` is by whom uses are counted, and whose an Idempotency-Key is. */
export type Admitted = { ctx: Context; caller: string; tenantId?: string };

/** The context an endpoint asks for, and who calls. */
export async function admit(
  endpoint: AnyEndpoint,
  visitor: Context,
  request: Request,
  params: RawParams,
): Promise<Admitted> {
  const { who } = endpoint;
  const authorization = request.headers.get("authorization");
  if (who === "key" || (who !== "anyone" && authorization !== null)) {
    // No page of another site can send this header, so a write by key needs no Origin.
    return admitKey(endpoint, visitor, authorization, params);
  }
  requireSameOrigin(request, env().LOCKSTEP_URL);
  const address = `address:${limitedAddress(visitor.origin.ip)}`;
  if (who === "anyone") return { ctx: visitor, caller: address };

  const person = await admitPerson(visitor, request, who === "tenant");
  const caller = `person:${person.userId}`;
  if (who === "person") return { ctx: person, caller };
  if (who === "platform") return { ctx: enterPlatform(person), caller };
  return { ctx: await enterTenant(person, slugIn(params)), caller };
}

/** Verbs ask again; asking here too answers before a body is even read. */
export function permit({ who, permission }: AnyEndpoint, ctx: Context): void {
  if (!permission) return;
  if (who === "platform") requirePlatform(ctx as PlatformContext, permission as PlatformPermission);
  else requirePermission(ctx as TenantContext, permission as TenantPermission);
}

/** Why no key may call an endpoint, or nothing where one with the scope may. */
export function whyNoKey({ who, permission, people }: AnyEndpoint): string | undefined {
  if (who !== "key" && who !== "tenant") return "it is not about one workspace";
  if (people || !permission) return "it is about the person who calls";
  return peopleOnly[permission as TenantPermission];
}

async function admitPerson(
  visitor: Context,
  request: Request,
  takesKeys: boolean,
): Promise<PersonContext> {
  const sessionId = await sessionIdOf(request.headers);
  const person = sessionId && (await findSession(visitor, sessionId));
  const message = takesKeys ? "Sign in first, or send an API key." : "Sign in first.";
  if (!person) throw new Refusal("unauthenticated", message);
  return person;
}

async function admitKey(
  endpoint: AnyEndpoint,
  visitor: Context,
  authorization: string | null,
  params: RawParams,
): Promise<Admitted> {
  const ctx = await enterByKey(visitor, authorization).catch((error) => slowDown(visitor, error));
  const why = whyNoKey(endpoint);
  if (why) throw new Refusal("forbidden", `No API key may do this: ${why}.`);
  if (endpoint.who === "tenant" && slugIn(params) !== ctx.tenantSlug) {
    throw new Refusal("not_found", "There is no such workspace, or this key is not of it.");
  }
  return { ctx, caller: `key:${ctx.userId}`, tenantId: ctx.tenantId };
}

/** Whoever tries keys that open nothing is counted by address. */
async function slowDown(visitor: Context, error: unknown): Promise<never> {
  if (error instanceof Refusal) {
    await countUse(visitor.db, "key.refused", limitedAddress(visitor.origin.ip));
  }
  throw error;
}

function slugIn({ tenant }: RawParams): string {
  invariant(typeof tenant === "string", "a tenant's route has [tenant] in its path");
  return tenant;
}
