import { STATUS_CODES } from "node:http";
import { ZodError } from "zod";
import { Refusal } from "#lib/errors";
import { logger } from "#lib/log";
import { problemType } from "#lib/problem-type";

/** How every error leaves the API (RFC 9457). `code` is for programs, `detail` for people. */
export type Problem = {
  /** Where the reference explains it. */
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  /** The same as in the Request-Id header: what to name when asking about it. */
  requestId?: string;
  field?: string;
  errors?: { field: string; message: string }[];
};

/** Answers an error. What is neither a refusal nor bad input is our bug: logged, never shown. */
export function answerProblem(error: unknown, traceId?: string): Response {
  const named = traceId === undefined ? {} : { requestId: traceId };
  if (error instanceof Refusal) {
    const retry = error.retryAfterSeconds;
    const headers = {
      ...(retry === undefined ? {} : { "retry-after": String(retry) }),
      ...(error.code === "unauthenticated" ? { "www-authenticate": 'Bearer realm="api"' } : {}),
    };
    const field = error.field === undefined ? {} : { field: error.field };
    return answer(error.status, error.code, error.message, { ...field, ...named }, headers);
  }
  if (error instanceof ZodError) {
    const errors = error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
    const first = errors[0]!;
    const field = first.field ? { field: first.field } : {};
    return answer(400, "invalid", first.message, { ...field, errors, ...named });
  }
  logger.error({ error, traceId }, "a request failed");
  const detail = `Something went wrong on our side. Nothing was changed. Reference: ${traceId}`;
  return answer(500, "internal", detail, named);
}

function answer(
  status: number,
  code: string,
  detail: string,
  more: Partial<Problem> = {},
  headers: Record<string, string> = {},
): Response {
  const title = STATUS_CODES[status] ?? "Error";
  const problem: Problem = { type: problemType(code), title, status, detail, code, ...more };
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...headers,
    },
  });
}
