import { lookup as resolve } from "node:dns/promises";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { mayReach, parseDestination, type Reach } from "#lib/webhooks/destination";

/** What one try came to. An `error` is in our words: no answer came. */
export type Outcome = {
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly retryAfter: string | null;
  readonly error: string | null;
  readonly durationMs: number;
};

/** Answers with every address of a name, as DNS has them now. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;

export type Sending = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly reach: Reach;
  readonly timeoutMs?: number;
  readonly resolve?: Resolve;
};

type Answer = Pick<Outcome, "status" | "headers" | "body" | "retryAfter">;

const bodyLimitBytes = 4096;
const headersLimit = 40;
const headerLength = 500;

/**
 * Posts once and tells what came of it; throws for nothing the receiver does. Connects only to an
 * address that was judged, follows no redirect, keeps no connection, and reads 4 KB at most.
 */
export async function sendRequest(sending: Sending): Promise<Outcome> {
  const beganMs = performance.now();
  const durationMs = () => Math.round(performance.now() - beganMs);
  const signal = AbortSignal.timeout(sending.timeoutMs ?? 15_000);
  try {
    return { ...(await post(sending, signal)), error: null, durationMs: durationMs() };
  } catch (error) {
    const message = signal.aborted ? "No answer in time." : wordsOf(error);
    const nothing = { status: null, headers: {}, body: "", retryAfter: null };
    return { ...nothing, error: message, durationMs: durationMs() };
  }
}

function post({ url: text, headers, body, reach, resolve }: Sending, signal: AbortSignal) {
  const url = parseDestination(text, reach);
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise<Answer>((answer, fail) => {
    const sent = request(
      url,
      { method: "POST", agent: false, signal, headers, lookup: vetted(reach, resolve) },
      (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        const finish = () => {
          answer({
            status: response.statusCode ?? null,
            headers: headersOf(response.rawHeaders),
            body: textOf(Buffer.concat(parts).subarray(0, bodyLimitBytes)),
            retryAfter: response.headers["retry-after"] ?? null,
          });
          sent.destroy();
        };
        response.on("data", (part: Buffer) => {
          parts.push(part);
          size += part.length;
          if (size >= bodyLimitBytes) finish();
        });
        response.on("end", finish);
        response.on("error", fail);
      },
    );
    sent.on("error", fail);
    // A literal address is never looked up, so `parseDestination` alone has judged it.
    sent.end(body);
  });
}

/** PostgreSQL keeps no NUL in a text. */
function textOf(bytes: Buffer): string {
  return bytes.toString("utf8").replaceAll("\u0000", "\ufffd");
}

/** The first headers of an answer, each cut to a length one can read. */
function headersOf(raw: readonly string[]): Record<string, string> {
  const names = raw.filter((_text, index) => index % 2 === 0).slice(0, headersLimit);
  return Object.fromEntries(
    names.map((name, index) => [
      name.toLowerCase().slice(0, 100),
      (raw[index * 2 + 1] ?? "").slice(0, headerLength),
    ]),
  );
}

/** The lookup of the connection itself: between judging an address and using it lies nothing. */
function vetted(reach: Reach, resolve: Resolve = resolveAll): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      (found) => {
        const isVetted = found.length > 0 && found.every(({ address }) => mayReach(address, reach));
        const [first] = found;
        if (!isVetted || !first) return done(new Error(blocked), "", 0);
        if (options.all) return done(null, [...found]);
        return done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, "", 0),
    );
  };
}

const blocked = "The host has an address that is not on the public internet.";
const resolveAll: Resolve = (host) => resolve(host, { all: true, verbatim: true });

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "The connection failed.";
  const { code } = error as NodeJS.ErrnoException;
  return (error.message || code || "The connection failed.").slice(0, 500);
}
