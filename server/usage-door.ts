import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "#lib/context";
import type { Db } from "#lib/db/client";
import { env } from "#lib/env";
import { newId } from "#lib/ids";
import { usageBodyLimitBytes } from "#lib/usage/event";
import { receiveUsage } from "#lib/usage/receive-usage";
import { callerAddress } from "#lib/web/origin";
import { answerProblem } from "#lib/web/problem";
import { readBody } from "#server/read-body";

const path = "/api/v1/usage";

/**
 * Takes usage ahead of Next, whose route would cost 0.6 ms each. The function behind the route
 * handler answers here too. Says whether the request was one of its.
 */
export function openUsageDoor(db: Db) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== "POST" || request.url?.split("?")[0] !== path) return false;
    const visitor = visitorOf(db, request);
    take(visitor, request, response)
      .catch(async (error) => pass(response, answerProblem(error, visitor.traceId)))
      // Only a caller that went away in the middle of its body ends here.
      .catch(() => response.destroy());
    return true;
  };
}

async function take(
  visitor: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const rawBody = await readBody(request, usageBodyLimitBytes);
  const { status, contentType, headers, body } = await receiveUsage(visitor, {
    authorization: request.headers.authorization ?? null,
    contentType: request.headers["content-type"] ?? null,
    rawBody,
  });
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...{ ...headers, "request-id": visitor.traceId },
    ...{ "content-type": contentType, "content-length": Buffer.byteLength(text) },
  });
  response.end(text);
}

function visitorOf(db: Db, request: IncomingMessage): Context {
  const userAgent = request.headers["user-agent"]?.slice(0, 300);
  const ip = addressOf(request);
  return {
    ...{ db, now: () => new Date(), scope: { kind: "public" }, traceId: newId("trace") },
    actor: { kind: "system", name: "visitor" },
    origin: { ...(ip && { ip }), ...(userAgent && { userAgent }) },
  };
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
