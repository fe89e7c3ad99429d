import { realNowMs } from "#sandbox/clock";
import { checkReach, outOfReach } from "#sandbox/connect/access";
import type { Engine } from "#sandbox/engine";
import { apiVersion } from "#sandbox/events/emit";
import { namespaceOf, sessionToken } from "#sandbox/protocol/authenticate";
import { type Call, keyUseOf, readCall, sentParams } from "#sandbox/protocol/call";
import { docUrl, notBuilt, rateLimited, StripeError } from "#sandbox/protocol/errors";
import { expand } from "#sandbox/protocol/expand";
import { FileBody } from "#sandbox/protocol/file-body";
import { type KeyUse, keyInUse, saveAnswer, savedAnswer } from "#sandbox/protocol/idempotency";
import type { Match } from "#sandbox/protocol/match";
import { hasOlderParams, olderParams } from "#sandbox/protocol/older-params";
import { listOf, readShape, text } from "#sandbox/protocol/params";
import { checkPublishable, isPublishable, redacted } from "#sandbox/protocol/publishable";
import { ConnectionCut, sufferFault } from "#sandbox/protocol/suffer-fault";
import type { Namespace } from "#sandbox/world/namespace";
import { inItsTime } from "#sandbox/world/test-clock";
import type { World } from "#sandbox/world/world";

/** A browser asks before it sends a key: any page may, with a publishable one. */
const preflight = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-headers": "authorization, stripe-account, content-type",
  "access-control-max-age": "600",
};

/** What will be sent back. */
interface Answer {
  status: number;
  body: string;
  /** The contents of a file, answered in place of the body. */
  file?: FileBody;
  isReplay?: boolean;
  /** The request this was first answered to, once it is kept: asking again tells nothing new. */
  kept?: string;
  headers?: Record<string, string>;
}

/** Answers one API request as Stripe would: known, checked, done once, in one transaction. */
export async function answerRequest(engine: Engine, request: Request): Promise<Response> {
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: preflight });
  const startedMs = realNowMs();
  const call = await readCall(request);
  let namespace: Namespace | undefined;
  let answer: Answer;
  try {
    namespace = engine.namespaces.open(namespaceOf(call.headers, engine.expiredKeys));
    answer = await answerIn(engine, namespace, call);
  } catch (error) {
    if (error instanceof ConnectionCut) throw error;
    answer = answerFor(error, call);
  }
  if (namespace !== undefined) logCall(engine, namespace, call, answer, realNowMs() - startedMs);
  return respond(call, answer);
}

async function answerIn(engine: Engine, namespace: Namespace, call: Call): Promise<Answer> {
  const match = engine.match(call.method, call.url.pathname);
  if (match.found === "unknown") throw unknownUrl(call);
  if (match.found === "known") throw notBuilt(`The route '${match.name}'`);

  if (sessionToken(call.headers) !== undefined && match.name !== streamRoute) throw onlyStreams();
  checkVersion(call.headers);
  const account = accountOf(engine, namespace, call.headers);
  if (!engine.rateLimits.allows(namespace.name, `${account} ${match.name}`)) throw rateLimited();
  const use = keyUseOf(namespace, account, call);
  const lock = use && `${use.namespace} ${use.account} ${use.key}`;
  if (use !== undefined && lock !== undefined) {
    if (engine.keysInUse.has(lock)) throw keyInUse(use.key);
    const saved = savedAnswer(engine.database, use);
    if (saved !== undefined) return { ...saved, kept: saved.request, isReplay: true };
    engine.keysInUse.add(lock);
  }
  try {
    const execute = () => run(engine, namespace, account, call, match, use);
    return await sufferFault(engine.faults.take(namespace.name, match.name), execute);
  } finally {
    if (lock !== undefined) engine.keysInUse.delete(lock);
  }
}

type Built = Extract<Match, { found: "built" }>;

function run(
  engine: Engine,
  namespace: Namespace,
  account: string,
  call: Call,
  { name, route, path }: Built,
  use: KeyUse | undefined,
): Answer {
  const { expand: paths, ...given } = sentParams(call);
  const isOlder = !call.headers.has("stripe-version") && hasOlderParams(name);
  const sent = isOlder
    ? engine.inWorld({ namespace, account }, (world) => olderParams(world, name, given))
    : given;
  const params = readShape(route.params, sent);
  const expanding = paths === undefined ? [] : listOf(text).read(paths, "expand");
  const isBrowser = isPublishable(call.headers);
  const token = sessionToken(call.headers)?.token ?? null;
  const request = { id: call.requestId, idempotencyKey: use?.key ?? null, token };
  const runOn = (world: World) =>
    inItsTime(world, params, path, (own) => route.run(own, params, path));
  const work = (world: World): Answer => {
    if (isBrowser) checkPublishable(world, name, path.id, sent);
    checkReach(world, name, path.id, sent);
    const see = isBrowser ? redacted : (answer: unknown) => answer;
    const result = attempt(() => see(expand(world, runOn(world), expanding)), call);
    const isSaved =
      use !== undefined && (result.status < 400 || !call.url.pathname.startsWith("/v2"));
    return isSaved ? keep(engine, use, call, result) : result;
  };
  try {
    return engine.inWorld({ namespace, account, request }, work);
  } catch (error) {
    const answer = answerFor(error, call);
    const isBegun = !(error instanceof StripeError && error.isValidation);
    const isSaved = use !== undefined && isBegun && !call.url.pathname.startsWith("/v2");
    return isSaved ? keep(engine, use, call, answer) : answer;
  }
}

function keep({ database }: Engine, use: KeyUse, call: Call, answer: Answer): Answer {
  saveAnswer(database, use, { ...answer, request: call.requestId });
  return { ...answer, kept: call.requestId };
}

// A decline happened, so what it wrote is committed; every other error undoes its transaction.
function attempt(work: () => unknown, call: Call): Answer {
  try {
    const result = work();
    if (result instanceof FileBody) return { status: 200, body: "", file: result };
    return { status: 200, body: JSON.stringify(result) };
  } catch (error) {
    if (error instanceof StripeError && error.keepsWrites) return answerFor(error, call);
    throw error;
  }
}

// Any version that could be one is answered in ours.
function checkVersion(headers: Headers): void {
  const version = headers.get("stripe-version");
  if (version === null || /^20\d\d-(0\d|1[0-2])-[0-3]\d(\.[a-z]+)?$/.test(version)) return;
  const message = `Invalid Stripe API version: ${version}`;
  throw new StripeError(400, { type: "invalid_request_error", message }, { isValidation: true });
}

function accountOf(engine: Engine, namespace: Namespace, headers: Headers): string {
  const context = headers.get("stripe-context")?.split("/").at(-1);
  const account = sessionToken(headers)?.account ?? headers.get("stripe-account") ?? context;
  if (!account || account === namespace.account) return namespace.account;
  const found = engine.database.one(
    "SELECT json_extract(hidden, '$.isDeauthorized') AS gone FROM objects " +
      "WHERE namespace = ? AND account = ? AND id = ? AND kind = ?",
    ...[namespace.name, namespace.account, account, "v2.core.account"],
  );
  if (found !== undefined && !found.gone) return account;
  throw outOfReach(account);
}

function answerFor(error: unknown, call: Call): Answer {
  const known = error instanceof StripeError ? error : unexpected(error);
  const { body, headers, status } = known;
  const link = `https://dashboard.stripe.com/test/logs/${call.requestId}`;
  const full = {
    ...body,
    ...(body.code === undefined ? {} : { doc_url: body.doc_url ?? docUrl(body.code) }),
    request_log_url: link,
  };
  return { status, body: JSON.stringify({ error: full }), headers };
}

function unexpected(error: unknown): StripeError {
  console.error(error);
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The local Stripe failed: ${reason}`;
  return new StripeError(500, { type: "api_error", message });
}

const streamRoute = "POST /v2/billing/meter_event_stream";

function onlyStreams(): StripeError {
  const message = "A meter event session's token sends meter events and nothing else.";
  return new StripeError(401, { type: "invalid_request_error", message }, { isValidation: true });
}

function unknownUrl(call: Call): StripeError {
  const where = `${call.method}: ${call.url.pathname}`;
  const message = `Unrecognized request URL (${where}). Please see https://stripe.com/docs.`;
  return new StripeError(404, { type: "invalid_request_error", message }, { isValidation: true });
}

function respond(call: Call, answer: Answer): Response {
  const key = call.headers.get("idempotency-key");
  const { file } = answer;
  return new Response(file === undefined ? answer.body : Buffer.from(file.bytes), {
    status: answer.status,
    headers: {
      "content-type": file?.contentType ?? "application/json",
      "request-id": call.requestId,
      ...(isPublishable(call.headers) ? { "access-control-allow-origin": "*" } : {}),
      "stripe-version": call.headers.get("stripe-version") ?? apiVersion,
      ...(key ? { "idempotency-key": key } : {}),
      ...(answer.kept ? { "original-request": answer.kept, "stripe-should-retry": "false" } : {}),
      ...answer.headers,
      ...(answer.isReplay ? { "idempotent-replayed": "true" } : {}),
    },
  });
}

function logCall(engine: Engine, namespace: Namespace, call: Call, answer: Answer, ms: number) {
  engine.requestLog.add(namespace.name, {
    id: call.requestId,
    at: new Date(realNowMs()).toISOString(),
    method: call.method,
    path: `${call.url.pathname}${call.url.search}`,
    account: call.headers.get("stripe-account") ?? namespace.account,
    status: answer.status,
    milliseconds: ms,
    idempotency_key: call.headers.get("idempotency-key"),
    replayed: answer.isReplay ?? false,
    sent: call.body,
    answer: answer.body,
  });
}
