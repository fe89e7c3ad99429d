import { afterEach, expect, test, vi } from "vitest";
import { openDatabase } from "#sandbox/store/database";
import { createDeliverer } from "#sandbox/webhooks/deliverer";
import { createNamespaces } from "#sandbox/world/namespace";

afterEach(() => void vi.restoreAllMocks());

test("a delivery that falls due just after the outbox was read is tried by itself", async () => {
  const database = openDatabase(undefined);
  const namespaces = createNamespaces(database, 7);
  const deliverer = createDeliverer({ database, namespaces, takeFault: () => undefined });
  let now = Date.now();
  database.run(
    "INSERT INTO deliveries (namespace, account, event, type, endpoint, body, state, " +
      "next_attempt_ms) VALUES ('late', 'acct', 'evt', 'customer.created', 'we', '', 'pending', ?)",
    now + 1,
  );
  // A millisecond passes between any two looks at the machine's time.
  vi.spyOn(Date, "now").mockImplementation(() => now++);
  deliverer.wake();
  const state = () => database.one("SELECT state FROM deliveries")?.state;
  await expect.poll(state).toBe("failed");
  await deliverer.stop();
  database.close();
});
