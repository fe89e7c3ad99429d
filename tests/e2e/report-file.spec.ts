import { Readable } from "node:stream";
import { expect, test } from "@playwright/test";
import { appUrl, signIn } from "./support/visitor.ts";

const columns =
  "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,description";
const lines = 6_000;
/** With these a line is 4 KB, so a file is large that is soon read. */
const padding = "x".repeat(4_000);

/** A report whose last line says no amount, so that nothing of it is to be compared. */
function* report(): Generator<Buffer> {
  yield Buffer.from(`${columns}\n`);
  for (let line = 1; line <= lines; line += 1) {
    const net = line < lines ? "1.00" : "one";
    yield Buffer.from(
      `txn_large_${line},2026-01-01 00:00:00,usd,1.00,0.00,${net},charge,${padding}\n`,
    );
  }
}

test("a report of 24 MB comes through the front door to its last line", async ({ page }) => {
  await signIn(page, "admin@lockstep.test", "lockstep-demo");
  const cookies = await page.context().cookies();
  const path = "/api/v1/admin/reconciliation/reports/file?book=platform&name=large.csv";
  // Its length is not said beforehand: it is sent as it is made.
  const answer = await fetch(`${appUrl()}${path}`, {
    ...{ method: "POST", body: Readable.toWeb(Readable.from(report())), duplex: "half" },
    headers: {
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
      origin: appUrl(),
      "content-type": "text/csv",
    },
  } as RequestInit);
  expect([answer.status, await answer.text()]).toEqual([
    422,
    expect.stringContaining(`Line ${lines} says “one”, which is no amount of usd.`),
  ]);
});
