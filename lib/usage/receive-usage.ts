import type { Context } from "#lib/context";
import { Refusal } from "#lib/errors";
import { problemType } from "#lib/problem-type";
import { enterByKey, enterIfRemembered } from "#lib/tenancy/enter-by-key";
import { type RefusedEvent, type UsageReceipt, usageBodyLimitBytes } from "#lib/usage/event";
import { type RequestLimit, requestLimit } from "#lib/usage/limit-requests";
import { takeUsage } from "#lib/usage/take-usage";

export type RawUsage = {
  authorization: string | null;
  contentType: string | null;
  rawBody: Buffer;
};
export type UsageAnswer = {
  status: number;
  contentType: "application/json" | "application/problem+json";
  headers: Record<string, string>;
  body: object;
};

/**
 * Takes usage from a machine, behind both doors. Answers 200 where everything was taken, now or
 * before, 207 where some events were refused, and a problem where all were. Throws a refusal where
 * the request itself is none: each door has its own way to say that.
 */
export async function receiveUsage(
  visitor: Context,
  { authorization, contentType, rawBody }: RawUsage,
  limit: RequestLimit = requestLimit(),
): Promise<UsageAnswer> {
  const ctx =
    enterIfRemembered(visitor, authorization) ?? (await enterByKey(visitor, authorization));
  const { policy, state } = limit(ctx.userId);
  if (!contentType?.startsWith("application/json")) {
    const message = "Send the body as application/json.";
    throw new Refusal("unsupported_type", message, { field: "Content-Type" });
  }
  if (rawBody.length > usageBodyLimitBytes) {
    throw new Refusal("too_large", "The body is larger than 1 MB. Send fewer events at once.");
  }
  const receipt = await takeUsage(ctx, parseExactly(rawBody.toString()));
  const standing = { "ratelimit-policy": policy, ratelimit: state };
  return { ...answerOf(receipt), headers: { ...standing, "cache-control": "no-store" } };
}

/** A number so long that reading it as one would lose digits stays the text it was sent as. */
function parseExactly(text: string): unknown {
  try {
    if (!/:\s*-?\d[\d.]{15,}/.test(text)) return JSON.parse(text);
    return JSON.parse(text, (_name, value, context?: { source?: string }) =>
      typeof value === "number" && (context?.source?.length ?? 0) > 15 ? context?.source : value,
    );
  } catch {
    throw new Refusal("invalid", "The body is not valid JSON.");
  }
}

/** How a receipt leaves over HTTP. */
export function answerOf(receipt: UsageReceipt): Omit<UsageAnswer, "headers"> {
  const { accepted, duplicates, refused } = receipt;
  if (refused.length === 0) return { status: 200, contentType: "application/json", body: receipt };
  if (accepted + duplicates > 0) {
    return { status: 207, contentType: "application/json", body: receipt };
  }
  const statuses = new Set(refused.map(({ status }) => status));
  const status = statuses.size === 1 ? refused[0]!.status : 400;
  return { status, contentType: "application/problem+json", body: problemOf(status, receipt) };
}

const titles: Record<number, string> = {
  400: "Bad Request",
  402: "Payment Required",
  409: "Conflict",
};

/** A problem (RFC 9457) that speaks of the first event refused and lists every one. */
function problemOf(status: number, { refused }: UsageReceipt): object {
  const [{ code, field, detail }] = refused as [RefusedEvent];
  const title = titles[status] ?? "Error";
  return { type: problemType(code), title, status, detail, code, field, refused };
}
