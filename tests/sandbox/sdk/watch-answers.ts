import { readFileSync } from "node:fs";
import { afterAll, expect, inject } from "vitest";
import type { Exchange } from "#sandbox/server";
import { faultsIn, faultsInDelivery } from "#tests/sandbox/sdk/check-value";
import { routeOf } from "#tests/sandbox/sdk/ledger";
import type { SdkTypes } from "#tests/sandbox/sdk/types";

let sdkTypes: SdkTypes | undefined;

/** The SDK's types as this run's set-up read them. */
export function readSdkTypes(): SdkTypes {
  sdkTypes ??= JSON.parse(readFileSync(inject("sdkTypes"), "utf8")) as SdkTypes;
  return sdkTypes;
}

/** What hears the answers of a sandbox. */
export interface Watch {
  onAnswer(exchange: Exchange): void;
  /** Asks for every event of every world and account that was spoken to, so that they are heard. */
  readEvents(url: string): Promise<void>;
}

const delivered = new Map<string, string>();

/** Hears what was delivered to an endpoint; after this file's tests, it is held to the types too. */
export function hearDelivery(body: string): void {
  delivered.set(body, `delivered ${(JSON.parse(body) as { type: string }).type}`);
}

/** Hears every answer of a sandbox; after this file's tests, each is held to the SDK's types. */
export function watchAnswers(): Watch {
  const answers = new Map<string, { body: string; where: string; route: string | undefined }>();
  const callers = new Map<string, Record<string, string>>();
  afterAll(() => {
    const types = readSdkTypes();
    const wrong = new Set<string>();
    for (const { body, where, route } of answers.values()) {
      for (const fault of faultsIn(types, JSON.parse(body), where, route)) wrong.add(fault);
    }
    for (const [body, where] of delivered) {
      for (const fault of faultsInDelivery(types, JSON.parse(body), where)) wrong.add(fault);
    }
    delivered.clear();
    expect([...wrong].slice(0, 20), "what the SDK's types do not allow").toEqual([]);
  });
  return {
    onAnswer: (exchange) => {
      const { request, status, body } = exchange;
      const headers = callerOf(request.headers);
      const isBrowsers = headers.authorization?.startsWith("Bearer pk_");
      // A publishable key sees a part of an object, and a file's contents are no object.
      if (isBrowsers || !body.startsWith("{")) return;
      const where = `${request.method} ${new URL(request.url).pathname} ${status}`;
      const route = routeOf(exchange);
      answers.set(`${route} ${body}`, { body, where, route });
      if (status === 200) callers.set(JSON.stringify(headers), headers);
    },
    readEvents: async (url) => {
      for (const headers of callers.values()) await readEventsOf(url, headers);
    },
  };
}

function callerOf(headers: Headers): Record<string, string> {
  const account = headers.get("stripe-account");
  const authorization = headers.get("authorization") ?? "";
  return { authorization, ...(account && { "stripe-account": account }) };
}

async function readEventsOf(url: string, headers: Record<string, string>): Promise<void> {
  let query = "";
  for (;;) {
    const response = await fetch(`${url}/v1/events?limit=100${query}`, { headers });
    if (!response.ok) return;
    const page = (await response.json()) as { data: { id: string }[]; has_more: boolean };
    const last = page.data.at(-1);
    if (!page.has_more || last === undefined) return;
    query = `&starting_after=${last.id}`;
  }
}
