import { Webhook } from "standardwebhooks";
import { afterEach, expect, test } from "vitest";
import { sendRequest } from "#lib/webhooks/send-request";
import { newSigningSecret, signMessage } from "#lib/webhooks/signing";
import { openReceiver as open, type Receiver } from "#tests/lib/webhooks/receiver";

const local = { allowsLoopback: true };
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function openReceiver(answer: Receiver["answer"]): Promise<Receiver> {
  const receiver = await open(answer);
  closing.push(receiver.close);
  return receiver;
}

const plain = { headers: { "content-type": "application/json" }, body: "{}", reach: local };

test("the specification's own verifier accepts what arrives, under the new secret and the old", async () => {
  const { heard, url } = await openReceiver((response) => response.end("thanks"));
  const [current, previous] = [newSigningSecret(), newSigningSecret()];
  const body = JSON.stringify({ type: "invoice.paid", data: { currency: "eur", name: "Ærø" } });
  const headers = signMessage("msg_1", body, [current, previous], new Date());
  const outcome = await sendRequest({ url, headers, body, reach: local });

  expect(outcome).toMatchObject({ status: 200, body: "thanks", error: null });
  const [message] = heard;
  const told = message!.headers;
  expect(told["webhook-id"]).toBe("msg_1");
  for (const secret of [current, previous]) {
    expect(new Webhook(secret).verify(message!.body, told)).toEqual(JSON.parse(body));
  }
  expect(() => new Webhook(newSigningSecret()).verify(message!.body, told)).toThrow();
});

test("a redirect is an answer, and is not followed", async () => {
  const inside = await openReceiver((response) => response.end());
  const { url } = await openReceiver((response) => {
    response.writeHead(302, { location: inside.url }).end();
  });
  expect(await sendRequest({ ...plain, url })).toMatchObject({ status: 302 });
  expect(inside.heard).toEqual([]);
});

test("an answer of any length is read for its first 4 KB", async () => {
  const { url } = await openReceiver((response) => {
    response.writeHead(500);
    response.write("x".repeat(100_000)); // And never ends.
  });
  const outcome = await sendRequest({ ...plain, url });
  expect(outcome).toMatchObject({ status: 500, body: "x".repeat(4096), error: null });
});

test("a receiver that never answers is left", async () => {
  const { url, heard } = await openReceiver(() => undefined);
  const outcome = await sendRequest({ ...plain, url, timeoutMs: 300 });
  expect(outcome).toMatchObject({ status: null, error: "No answer in time." });
  expect(heard).toHaveLength(1);
});

test("a receiver that begins to answer and never ends is left", async () => {
  const { url } = await openReceiver((response) => void response.write("so"));
  const outcome = await sendRequest({ ...plain, url, timeoutMs: 300 });
  expect(outcome).toMatchObject({ status: null, error: "No answer in time." });
});

test("Retry-After is told", async () => {
  const { url } = await openReceiver((response) => {
    response.writeHead(429, { "retry-after": "120" }).end();
  });
  expect(await sendRequest({ ...plain, url })).toMatchObject({ status: 429, retryAfter: "120" });
});

test("a receiver that is not there is an outcome, not an exception", async () => {
  const { url, port } = await openReceiver((response) => response.end());
  closing.pop()!();
  const outcome = await sendRequest({ ...plain, url });
  expect(outcome.status).toBeNull();
  expect(outcome.error).toContain(String(port));
});

test.each([
  ["this machine", ["127.0.0.1"]],
  ["a private network", ["10.1.2.3"]],
  ["metadata", ["169.254.169.254"]],
  ["a public and a private address", ["93.184.215.14", "127.0.0.1"]],
  ["an IPv4-mapped address", ["::ffff:127.0.0.1"]],
  ["nothing", []],
])("a name that leads to %s is not connected to", async (_what, addresses) => {
  const outcome = await sendRequest({
    ...{ ...plain, url: "https://hooks.example.com/", reach: { allowsLoopback: false } },
    resolve: async () => addresses.map((address) => ({ address, family: 4 })),
  });
  expect(outcome).toMatchObject({
    status: null,
    error: expect.stringContaining("not on the public"),
  });
});

test("a name that led somewhere public when it was saved is judged again at every connection", async () => {
  let times = 0;
  const rebinding = async () => {
    times += 1;
    return [{ address: "127.0.0.1", family: 4 }];
  };
  const sending = { ...plain, url: "https://hooks.example.com/", reach: { allowsLoopback: false } };
  for (const _ of [1, 2]) {
    const outcome = await sendRequest({ ...sending, resolve: rebinding });
    expect(outcome.error).toContain("not on the public");
  }
  expect(times).toBe(2);
});

test("a name server that never answers is left too", async () => {
  const url = "https://hooks.example.com/";
  const resolve = () => new Promise<never>(() => {});
  const outcome = await sendRequest({ ...plain, url, resolve, timeoutMs: 300 });
  expect(outcome).toMatchObject({ status: null, error: "No answer in time." });
});

test("an answer's headers are kept, and no more of them than one can read", async () => {
  const { url } = await openReceiver((response) => {
    for (let count = 0; count < 60; count += 1) response.setHeader(`x-${count}`, "y".repeat(100));
    response.setHeader("x-0", "z".repeat(2_000));
    response.end();
  });
  const { headers } = await sendRequest({ ...plain, url });
  expect(headers["x-0"]).toBe("z".repeat(500));
  expect(Object.keys(headers)).toHaveLength(40);
});

test("more headers than a server may send are a failure", async () => {
  const { url } = await openReceiver((response) => {
    response.setHeader("x-flood", "y".repeat(40_000));
    response.end();
  });
  expect(await sendRequest({ ...plain, url })).toMatchObject({
    ...{ status: null, error: expect.stringMatching(/overflow/i) },
  });
});
