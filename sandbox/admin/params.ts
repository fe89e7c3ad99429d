import { invalidParam } from "#sandbox/protocol/errors";
import {
  boolean,
  byKey,
  either,
  integer,
  oneOf,
  type Param,
  required,
  type Shape,
  text,
  timestamp,
  unsettable,
} from "#sandbox/protocol/params";
import { requestFaults, webhookFaults } from "#sandbox/world/faults";

const fields = byKey(text);
const transports = ["connection", "content-length", "transfer-encoding"];

/** Headers an answer is to carry, such as can be sent and leave the answer whole. */
const answerHeaders: Param<Record<string, string>> = {
  read(value, name) {
    const sent = Object.entries(fields.read(value, name));
    for (const [header, text] of sent) {
      const at = `${name}[${header}]`;
      if (transports.includes(header.toLowerCase())) {
        throw invalidParam(at, `\`${header}\` is the connection's own.`);
      }
      try {
        new Headers([[header, text]]);
      } catch {
        throw invalidParam(at, "This is no header that could be sent.");
      }
    }
    return Object.fromEntries(sent.map(([header, text]) => [header.toLowerCase(), text]));
  },
};

/** What each admin call takes. */
export const adminParams = {
  clock: { advance_seconds: timestamp, to: timestamp },
  billing: {
    after_retries: oneOf(["cancel", "past_due", "unpaid"]),
    upcoming_days: unsettable(integer),
    will_be_due_days: unsettable(integer),
  },
  replay: { event: required(text) },
  faults: {
    route: required(text),
    kind: required(oneOf([...requestFaults, "off"])),
    count: integer,
    headers: answerHeaders,
  },
  keys: { key: required(text), expired: required(boolean) },
  webhookFaults: { kind: required(oneOf([...webhookFaults, "off"])), count: integer },
  release: {
    order: oneOf(["created", "reverse", "shuffle"]),
    duplicate: boolean,
    keep_holding: boolean,
  },
  checkout: { card: text, email: text },
  generate: { seed: integer, tenants: integer, months: integer, ends: integer },
  rateLimits: { per_second: required(either(integer, oneOf(["off"]))) },
} satisfies Record<string, Shape>;
