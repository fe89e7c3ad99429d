/** What the API says when it refuses (RFC 9457). `errors` name the fields at fault. */
export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly field?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
};

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Calls our own API from the browser. Never throws: a lost connection is a problem too. */
export async function callApi<T = unknown>(
  method: Method,
  path: `/api/v1/${string}`,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  return answerTo(path, {
    method,
    headers: { accept: "application/json", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
}

/** Sends a whole file, as it is. */
export function sendFile<T = unknown>(path: `/api/v1/${string}`, file: File): Promise<Answer<T>> {
  const headers = { accept: "application/json", "content-type": file.type };
  return answerTo(path, { method: "POST", headers, body: file });
}

async function answerTo<T>(path: string, request: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(path, request);
    const parsed = parse(await response.text());
    if (response.ok) return { ok: true, value: parsed as T };
    return { ok: false, problem: toProblem(parsed, response.status) };
  } catch {
    return { ok: false, problem: unreachable };
  }
}

/** The message of each field the server refused, by its name. */
export function fieldErrorsOf(problem: Problem): Record<string, string> {
  const named = (problem.errors ?? []).map(({ field, message }) => [field, message] as const);
  if (problem.field && !named.some(([field]) => field === problem.field)) {
    named.push([problem.field, problem.detail]);
  }
  return Object.fromEntries(named);
}

/** A proxy or a missing route answers with a page rather than JSON; that says nothing to us. */
function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function toProblem(body: unknown, status: number): Problem {
  if (typeof body === "object" && body !== null && "detail" in body) {
    return { ...unexpected, ...(body as Partial<Problem>), status };
  }
  return { ...unexpected, status };
}

const unexpected: Problem = {
  status: 500,
  code: "unexpected",
  title: "Unexpected answer",
  detail: "Something went wrong on our side. Nothing was changed twice; try again in a moment.",
};

const unreachable: Problem = {
  status: 0,
  code: "unreachable",
  title: "No connection",
  detail: "The server could not be reached. Check your connection and try again.",
};
