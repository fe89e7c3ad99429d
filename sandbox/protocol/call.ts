import { invalidParam, invalidRequest } from "#sandbox/protocol/errors";
import { uploadFrom } from "#sandbox/protocol/file-body";
import { decodeForm } from "#sandbox/protocol/form";
import { fingerprintOf, type KeyUse } from "#sandbox/protocol/idempotency";
import type { Namespace } from "#sandbox/world/namespace";

/** A request, read once. */
export interface Call {
  method: string;
  url: URL;
  headers: Headers;
  body: string;
  /** The fields of a body that is neither a form nor JSON: an upload. */
  upload?: Record<string, unknown>;
  /** Why the body could not be read, told once it is known whose request it is. */
  fault?: unknown;
  requestId: string;
}

/** Reads a request whole, and gives it an id. */
export async function readCall(request: Request): Promise<Call> {
  const read = request.method === "POST" ? await uploadOf(request) : {};
  return {
    ...read,
    method: request.method,
    url: new URL(request.url),
    headers: request.headers,
    body: request.method === "GET" ? "" : await request.text(),
    requestId: `req_${crypto.randomUUID().replaceAll("-", "").slice(0, 14)}`,
  };
}

async function uploadOf(request: Request): Promise<Pick<Call, "upload" | "fault">> {
  try {
    const upload = await uploadFrom(request);
    return upload === undefined ? {} : { upload };
  } catch (fault) {
    return { fault };
  }
}

/** What was sent, in the query and in a body that is a form, JSON or an upload. */
export function sentParams(call: Call): Record<string, unknown> {
  if (call.fault !== undefined) throw call.fault;
  const query = decodeForm(call.url.search.slice(1));
  if (call.upload !== undefined) return { ...query, ...call.upload };
  if (call.body === "") return query;
  if (!call.url.pathname.startsWith("/v2")) {
    if (call.headers.get("content-type")?.startsWith("application/json")) throw isJson();
    return { ...query, ...decodeForm(call.body) };
  }
  return { ...query, ...jsonFrom(call.body) };
}

function isJson() {
  return invalidRequest("Version 1 of the API takes form-encoded bodies, and this one is JSON.");
}

function jsonFrom(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw invalidParam("body", "The request body is not valid JSON.");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw invalidParam("body", "The request body must be a JSON object.");
}

/** What a request is to be done once under, if it named a key. v1 ignores one on GET and DELETE. */
export function keyUseOf(namespace: Namespace, account: string, call: Call): KeyUse | undefined {
  const key = call.headers.get("idempotency-key");
  if (!key || call.method === "GET") return undefined;
  if (call.method === "DELETE" && !call.url.pathname.startsWith("/v2")) return undefined;
  if (key.length > 255) throw invalidRequest("Idempotency keys have up to 255 characters.");
  const fingerprint = fingerprintOf(call.method, call.url.pathname, call.body);
  return { namespace: namespace.name, account, key, fingerprint };
}
