import {
  boolean,
  either,
  integer,
  oneOf,
  required,
  type Shape,
  text,
} from "#sandbox/protocol/params";
import { requestFaults, webhookFaults } from "#sandbox/world/faults";

/** What each admin call takes. */
export const adminParams = {
  clock: { advance_seconds: integer, to: integer },
  billing: { after_retries: oneOf(["cancel", "past_due", "unpaid"]) },
  replay: { event: required(text) },
  faults: {
    route: required(text),
    kind: required(oneOf([...requestFaults, "off"])),
    count: integer,
  },
  webhookFaults: { kind: required(oneOf([...webhookFaults, "off"])), count: integer },
  release: {
    order: oneOf(["created", "reverse", "shuffle"]),
    duplicate: boolean,
    keep_holding: boolean,
  },
  checkout: { card: text },
  generate: { seed: integer, tenants: integer, months: integer, ends: integer },
  rateLimits: { per_second: required(either(integer, oneOf(["off"]))) },
} satisfies Record<string, Shape>;
