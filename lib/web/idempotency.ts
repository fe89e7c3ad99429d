import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import type { Context } from "#lib/context";
import { env } from "#lib/env";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { logger } from "#lib/log";

/** How long a try is believed to be alive, and how long an answer is kept. */
export const holdSeconds = 60;
export const keepHours = 24;

type Asked = { ctx: Context; caller: string; request: Request; text: string };
type Claim = { id: string; key: string; attempt: string; fingerprint: string };
type Row = {
  isOurs: boolean;
  fingerprint: string;
  /** Decided so long ago that its answer will not come any more. */
  isLost: boolean | null;
  status: number | null;
  sealed: string | null;
};

/**
 * Does a write that names itself by an Idempotency-Key once, and gives every repetition the same
 * answer. What was refused changed nothing, so its key is free again; so is that of a try that died
 * before it decided. One that died after is never done twice: `transact` marks it in the deciding
 * transaction itself, and lets only the latest try commit.
 */
export async function doOnce(
  asked: Asked,
  run: (ctx: Context) => Promise<Response>,
): Promise<Response> {
  const { ctx } = asked;
  const key = keyOf(asked.request);
  if (key === undefined) return run(ctx);

  const claim = claimOf(asked, key);
  const kept = await take(ctx, claim);
  if (kept) return kept;
  try {
    const answer = await run({ ...ctx, attempt: { requestId: claim.id, id: claim.attempt } });
    return await keep(ctx, claim, answer);
  } catch (error) {
    await release(ctx, claim, error instanceof Refusal);
    throw error;
  }
}

function keyOf({ method, headers }: Request): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null || method === "GET" || method === "HEAD") return undefined;
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Refusal(
    "invalid",
    "An Idempotency-Key has 1 to 255 printable characters, such as a UUID.",
    { field: "Idempotency-Key" },
  );
}

function claimOf({ caller, request, text }: Asked, key: string): Claim {
  const { pathname, search } = new URL(request.url);
  return {
    key,
    id: digest(`${caller}\n${key}`),
    fingerprint: digest(`${request.method} ${pathname}${search}\n${text}`),
    attempt: newId("attempt"),
  };
}

/** Takes the request up, or answers with what was said to it before. */
async function take({ db }: Context, claim: Claim): Promise<Response | undefined> {
  const { rows } = await db.pool.query<Row>({
    name: "claim-request",
    text: `select is_ours as "isOurs", fingerprint, status, sealed,
      decided_at < clock_timestamp() - make_interval(secs => $4) as "isLost"
      from app.claim_request($1, $2, $3, make_interval(secs => $4), make_interval(hours => $5))`,
    values: [claim.id, claim.fingerprint, claim.attempt, holdSeconds, keepHours],
  });
  const [row] = rows;
  if (row?.isOurs) return undefined;
  if (row && row.fingerprint !== claim.fingerprint) {
    const message = "This Idempotency-Key was used for another request. Make a new one for this.";
    throw new Refusal("unprocessable", message, { field: "Idempotency-Key" });
  }
  if (row && row.status !== null) return open(claim, row.status, row.sealed!);
  if (row?.isLost) throw new Refusal("conflict", lostAnswer);
  const message = "The first request with this Idempotency-Key is still at work. Ask again.";
  throw new Refusal("conflict", message, { retryAfterSeconds: 1 });
}

const lostAnswer =
  "This was done, but its answer was lost on the way. It is not done again: read what it was" +
  " about, and use a new Idempotency-Key only to do it once more.";

/** Keeps a whole answer for whoever asks again. An answer of "no" is not kept. */
async function keep({ db }: Context, claim: Claim, answer: Response): Promise<Response> {
  const body = Buffer.from(await answer.arrayBuffer());
  const headers = Object.fromEntries(answer.headers);
  const whole = JSON.stringify({ headers, body: body.toString("base64") });
  await db.pool
    .query({
      name: "finish-request",
      text: "select app.finish_request($1, $2, $3, $4)",
      values: [claim.id, claim.attempt, answer.status, seal(whole, claim)],
    })
    .catch((error) => logger.error({ error }, "an answer was not kept"));
  return new Response(body.length ? body : null, { status: answer.status, headers });
}

function open(claim: Claim, status: number, sealed: string): Response {
  const { headers, body } = JSON.parse(unseal(sealed, claim));
  return new Response(body ? Buffer.from(body, "base64") : null, {
    status,
    headers: { ...headers, "idempotency-replayed": "true" },
  });
}

async function release({ db }: Context, claim: Claim, isRefused: boolean): Promise<void> {
  await db.pool
    .query({
      name: "release-request",
      text: "select app.release_request($1, $2, $3)",
      values: [claim.id, claim.attempt, isRefused],
    })
    .catch((error) => logger.error({ error }, "a request's key was not released"));
}

/** An answer can hold a secret that is shown once, so it is sealed for who has the key alone. */
function seal(text: string, { id, key }: Claim): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(key), nonce);
  cipher.setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
}

function unseal(text: string, { id, key }: Claim): string {
  const bytes = Buffer.from(text, "base64");
  const nonce = bytes.subarray(0, 12);
  const decipher = createDecipheriv("aes-256-gcm", sealingKey(key), nonce, { authTagLength: 16 });
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

function sealingKey(key: string): Buffer {
  const secret = env().LOCKSTEP_SECRET;
  return Buffer.from(hkdfSync("sha256", secret, key, "lockstep idempotent answers", 32));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
