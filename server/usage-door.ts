import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "#lib/context";
import type { Db } from "#lib/db/client";
import { env } from "#lib/env";
import { newId } from "#lib/ids";
import { usageBodyLimitBytes } from "#lib/usage/event";
import { receiveUsage, type UsageAnswer } from "#lib/usage/receive-usage";
import { callerAddress } from "#lib/web/origin";
import { answerProblem } from "#lib/web/problem";
import { readBody } from "#server/read-body";

const path = "/api/v1/usage";
const visitor = { kind: "system", name: "visitor" } as const;
const anyone = { kind: "public" } as const;
const now = () => new Date();

/**
 * Takes usage ahead of Next, whose route would cost 0.6 ms each. The function behind the route
 * handler answers here too. Says whether the request was one of its.
 */
export function openUsageDoor(db: Db) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== "POST" || !isUsage(request.url)) return false;
    void take(visitorOf(db, request), request, response);
    return true;
  };
}

function isUsage(url = ""): boolean {
  return url === path || url.startsWith(`${path}?`);
}

async function take(
  ctx: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { authorization = null, "content-type": contentType = null } = request.headers;
    const rawBody = await readBody(request, usageBodyLimitBytes);
    reply(response, ctx.traceId, await receiveUsage(ctx, { authorization, contentType, rawBody }));
  } catch (error) {
    // Only a caller that went away in the middle of its body ends in the second of them.
    await pass(response, answerProblem(error, ctx.traceId)).catch(() => response.destroy());
  }
}

/** Headers in a row, as they are sent: Node need not gather them from an object first. */
function reply(response: ServerResponse, traceId: string, answer: UsageAnswer): void {
  const text = JSON.stringify(answer.body);
  const length = Buffer.byteLength(text);
  const own = ["content-type", answer.contentType, "content-length", String(length)];
  const row = ["request-id", traceId, ...own];
  for (const name in answer.headers) row.push(name, answer.headers[name]!);
  response.writeHead(answer.status, row);
  // Where each character is a byte, it is written as such: that is the cheaper way.
  response.end(text, length === text.length ? "latin1" : "utf8");
}

function visitorOf(db: Db, request: IncomingMessage): Context {
  const userAgent = request.headers["user-agent"]?.slice(0, 300);
  const ip = addressOf(request);
  const origin = { ...(ip && { ip }), ...(userAgent && { userAgent }) };
  return { db, now, scope: anyone, traceId: newId("trace"), actor: visitor, origin };
}

/** Behind no proxy the peer is the caller; behind some, what they say counts. */
function addressOf({ headers, socket }: IncomingMessage): string | undefined {
  const { TRUSTED_PROXIES } = env();
  if (TRUSTED_PROXIES === 0) return socket.remoteAddress;
  const claimed = [headers["x-forwarded-for"], socket.remoteAddress].filter(Boolean).join(", ");
  return callerAddress(new Headers({ "x-forwarded-for": claimed }), TRUSTED_PROXIES);
}

async function pass(response: ServerResponse, problem: Response): Promise<void> {
  const text = await problem.text();
  const headers = Object.fromEntries(problem.headers);
  // What was too large is still arriving; the connection is of no further use.
  response.writeHead(problem.status, {
    ...headers,
    ...(problem.status === 413 && { connection: "close" }),
  });
  response.end(text);
}
