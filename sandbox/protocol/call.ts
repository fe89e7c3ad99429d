import { invalidParam, invalidRequest, tooLarge } from "#sandbox/protocol/errors";
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
  return {
    ...(await readBody(request)),
    method: request.method,
    url: new URL(request.url),
    headers: request.headers,
    requestId: `req_${crypto.randomUUID().replaceAll("-", "").slice(0, 14)}`,
  };
}

const mostBytes = 16 * 1024 * 1024;

async function readBody(request: Request): Promise<Pick<Call, "body" | "upload" | "fault">> {
  if (request.method === "GET") return { body: "" };
  try {
    const bytes = await bytesOf(request);
    const type = request.headers.get("content-type") ?? "";
    if (!type.startsWith("multipart/form-data")) return { body: textFrom(bytes) };
    return { body: bytes.toString(), upload: await uploadFrom(bytes, type) };
  } catch (fault) {
    return { body: "", fault };
  }
}

// What says that it is too much is not read at all, and of what does not say no more than enough.
async function bytesOf(request: Request): Promise<Buffer> {
  const length = request.headers.get("content-length");
  if (Number(length) > mostBytes) throw tooLarge();
  if (length !== null) return Buffer.from(await request.arrayBuffer());
  const parts: Uint8Array[] = [];
  let read = 0;
  for await (const part of request.body ?? []) {
    parts.push(part);
    read += part.byteLength;
    if (read > mostBytes) throw tooLarge();
  }
  return Buffer.concat(parts);
}

function textFrom(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalidRequest("The request body is not valid UTF-8.");
  }
}

/** What was sent, in the query and in a body that is a form, JSON or an upload. */
export function sentParams(call: Call): Record<string, unknown> {
  if (call.fault !== undefined) throw call.fault;
  const query = decodeForm(call.url.search.slice(1));
  if (call.upload !== undefined) return { ...query, ...call.upload };
  if (call.body === "") return query;
  const isJson = call.url.pathname.startsWith("/v2");
  const wanted = isJson ? "application/json" : "application/x-www-form-urlencoded";
  const type = call.headers.get("content-type");
  if (type !== null && !type.toLowerCase().startsWith(wanted)) throw ofWrongType(wanted);
  return { ...query, ...(isJson ? jsonFrom(call.body) : decodeForm(call.body)) };
}

function ofWrongType(wanted: string) {
  return invalidRequest(
    `Invalid request (check that your POST content type is ${wanted}). ` +
      "If you have any questions, we can help at https://support.stripe.com/.",
  );
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
  const now = namespace.clock.now();
  return { namespace: namespace.name, account, key, fingerprint, now };
}
