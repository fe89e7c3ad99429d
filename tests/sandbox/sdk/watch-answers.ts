import { readFileSync } from "node:fs";
import { afterAll, expect, inject } from "vitest";
import type { Exchange } from "#sandbox/server";
import { faultsIn } from "#tests/sandbox/sdk/check-value";
import type { SdkTypes } from "#tests/sandbox/sdk/types";

/** The SDK's types as this run's set-up read them. */
export function readSdkTypes(): SdkTypes {
  return JSON.parse(readFileSync(inject("sdkTypes"), "utf8")) as SdkTypes;
}

/** What hears the answers of a sandbox. */
export interface Watch {
  onAnswer(exchange: Exchange): void;
  /** Asks for every event of every world and account that was spoken to, so that they are heard. */
  readEvents(url: string): Promise<void>;
}

/** Hears every answer of a sandbox; after this file's tests, each is held to the SDK's types. */
export function watchAnswers(): Watch {
  const answers = new Map<string, string>();
  const callers = new Map<string, Record<string, string>>();
  afterAll(() => {
    const types = readSdkTypes();
    const wrong = new Set<string>();
    for (const [body, where] of answers) {
      for (const fault of faultsIn(types, JSON.parse(body), where)) wrong.add(fault);
    }
    expect([...wrong].slice(0, 20), "answers the SDK's types do not allow").toEqual([]);
  });
  return {
    onAnswer: ({ request, status, body }) => {
      const headers = callerOf(request.headers);
      const isBrowsers = headers.authorization?.startsWith("Bearer pk_");
      // A publishable key sees a part of an object, and a file's contents are no object.
      if (isBrowsers || !body.startsWith("{")) return;
      answers.set(body, `${request.method} ${new URL(request.url).pathname} ${status}`);
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
