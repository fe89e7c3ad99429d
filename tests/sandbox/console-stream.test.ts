import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

interface Streamed {
  id: string;
  type: string;
  account: string;
  row: string;
}

/** Reads a live stream until an event of it satisfies; what it needs to happen, happens once it is
 *  open. */
async function firstOf(
  path: string,
  happen: () => Promise<unknown>,
  isWanted: (event: Streamed) => boolean = () => true,
): Promise<Streamed[]> {
  const closing = new AbortController();
  const response = await fetch(`${sandbox.url}${path}`, { signal: closing.signal });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const seen: Streamed[] = [];
  let text = "";
  let isReady = false;
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (!isReady && text.includes("event: ready")) {
      isReady = true;
      await happen();
    }
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks.filter((each) => each.includes("event: event"))) {
      seen.push(JSON.parse(/data: (.*)/.exec(block)![1]!) as Streamed);
    }
    if (seen.some(isWanted)) break;
  }
  closing.abort();
  return seen;
}

test("an event is streamed as it happens, once, with its row", async () => {
  const stripe = sandbox.client("live");
  await stripe.customers.create({ name: "Before" });
  const seen = await firstOf("/w/live/events/stream", () =>
    stripe.customers.create({ name: "<b>After</b>" }),
  );
  expect(seen.map(({ type }) => type)).toEqual(["customer.created"]);
  expect(seen[0]!.row).toContain(`data-event="${seen[0]!.id}"`);
  expect(seen[0]!.row).not.toContain("<b>After</b>");
});

test("a filter by the beginning of the type lets nothing else through", async () => {
  const stripe = sandbox.client("live");
  const seen = await firstOf("/w/live/events/stream?type=product.", async () => {
    await stripe.customers.create({ name: "Unseen" });
    await stripe.products.create({ name: "Seen" });
  });
  expect(seen.map(({ type }) => type)).toEqual(["product.created"]);
});

test("a stream that was lost goes on where it was", async () => {
  const stripe = sandbox.client("live");
  const nothing = async () => {};
  await stripe.products.create({ name: "Missed" });
  const seen = await firstOf("/w/live/events/stream?since=0&type=product.", nothing, ({ row }) =>
    row.includes("prod_"),
  );
  expect(seen[0]!.type).toBe("product.created");
});

test("another world's events are not in it", async () => {
  const seen = await firstOf("/w/live/events/stream", async () => {
    await sandbox.client("elsewhere").customers.create({ name: "Elsewhere" });
    await sandbox.client("live").coupons.create({ percent_off: 5, duration: "once" });
  });
  expect(seen.map(({ type }) => type)).toEqual(["coupon.created"]);
});
