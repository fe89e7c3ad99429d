import type { z } from "zod";
import { Refusal } from "#lib/errors";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { traceId, traceQuery } from "#lib/trace/input";
import { type TraceFound, traceFrom } from "#lib/trace/trace-from";

/** What the address of a trace says. */
export const tracePageQuery = traceQuery.extend({ id: traceId.optional() });

/** The trace that is asked for; in words why there is none; nothing where nothing is asked. */
export async function findTrace(
  ctx: PlatformContext | TenantContext,
  { id, ...query }: z.output<typeof tracePageQuery>,
): Promise<TraceFound | string | null> {
  if (id === undefined) return null;
  try {
    return await traceFrom(ctx, { ...query, id });
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return error.message;
    throw error;
  }
}
