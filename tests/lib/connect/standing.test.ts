import { expect, test } from "vitest";
import { countriesFor, countriesOf, isOffered } from "#lib/connect/capability-table";
import { profiles } from "#lib/connect/profile";
import { phrasesOf, readableName, wordOf } from "#lib/connect/requirement-words";
import {
  beyondReach,
  isAskedNow,
  isUnsupported,
  type Standing,
  standingOf,
  type V2Account,
} from "#lib/connect/standing";
import { type Before, type ConnectStatus, connectLifecycle, nextEvent } from "#lib/connect/status";
import { advance } from "#lib/lifecycle";
import { countries } from "#lib/tenancy/countries";

type Asked = { description: string; status?: string; awaits?: "user" | "stripe" };

function account(cardPayments: string | null, asked: Asked[] = [], over: object = {}): V2Account {
  const entries = asked.map(({ description, status = "currently_due", awaits = "user" }) => ({
    ...{ awaiting_action_from: awaits, description, errors: [], requested_reasons: [] },
    impact: {
      restricts_capabilities: [
        { capability: "card_payments", configuration: "merchant", deadline: { status } },
      ],
    },
    minimum_deadline: { status },
  }));
  const capabilities = cardPayments && {
    card_payments: { status: cardPayments, status_details: [{ code: "requirements_past_due" }] },
  };
  return {
    ...{ id: "acct_1", object: "v2.core.account", created: "2026-01-01T00:00:00Z" },
    configuration: capabilities ? { merchant: { applied: true, capabilities } } : {},
    requirements: { entries },
    ...over,
  } as unknown as V2Account;
}

/** Where an account ends that is found so, from each status. */
function settled(from: ConnectStatus, found: Standing, before: Before = fresh): ConnectStatus {
  let status = from;
  for (let steps = 0; steps < 10; steps += 1) {
    const event = nextEvent(status, found, before);
    if (event === null) return status;
    status = advance(connectLifecycle, "account", status, event);
  }
  throw new Error(`From ${from} it never comes to rest.`);
}

const fresh: Before = { wasActive: false, isHeld: false };
const everyStatus = Object.keys(connectLifecycle) as ConnectStatus[];
const asked = [{ description: "external_account" }];
const checked = [{ description: "identity.individual.dob", awaits: "stripe" } as const];
const found = {
  "no set-up": account(null),
  "asked for more": account("restricted", asked),
  "being looked at": account("pending", checked),
  "able to take money": account("active"),
  "able, and asked by a deadline": account("active", asked),
  "stopped, though it gave all": account("restricted"),
  closed: account("active", [], { closed: true }),
};
const standings = {
  ...Object.fromEntries(Object.entries(found).map(([name, one]) => [name, standingOf(one)])),
  "out of reach": beyondReach(standingOf(found["asked for more"])),
  "out of reach, once closed": beyondReach(standingOf(found.closed)),
} as Record<keyof typeof found | "out of reach" | "out of reach, once closed", Standing>;

/** The columns: where it was, in the order of the lifecycle. */
test.each([
  ["no set-up", "invited created onboarding verifying active restricted suspended created closed"],
  [
    "asked for more",
    "created created onboarding onboarding restricted restricted suspended created closed",
  ],
  [
    "being looked at",
    "verifying verifying verifying verifying restricted restricted suspended verifying closed",
  ],
  ["able to take money", "active active active active active active suspended active closed"],
  [
    "able, and asked by a deadline",
    "active active active active active active suspended active closed",
  ],
  [
    "stopped, though it gave all",
    "verifying verifying verifying verifying restricted restricted suspended verifying closed",
  ],
  ["closed", "closed closed closed closed closed closed closed closed closed"],
  [
    "out of reach",
    `disconnected disconnected disconnected disconnected disconnected disconnected disconnected
    disconnected closed`,
  ],
  ["out of reach, once closed", "closed closed closed closed closed closed closed closed closed"],
] as const)("an account found %s comes to rest, from wherever it was", (name, ends) => {
  expect(everyStatus.map((status) => settled(status, standings[name]))).toEqual(ends.split(/\s+/));
});

test("connected again, it is where Stripe and the holds have it by then", () => {
  const again = (name: keyof typeof standings, before: Before) =>
    settled("disconnected", standings[name], before);
  expect(again("asked for more", { wasActive: true, isHeld: false })).toBe("restricted");
  expect(again("able to take money", { wasActive: true, isHeld: true })).toBe("suspended");
});

test("what is overdue comes first, what only a later rule asks comes last", () => {
  const later = { entries: account("active", [{ description: "later" }]).requirements!.entries };
  const { requirements } = standingOf(
    account(
      "restricted",
      [
        { description: "some day", status: "eventually_due" },
        { description: "soon" },
        { description: "checked", awaits: "stripe" },
        { description: "overdue", status: "past_due" },
      ],
      { future_requirements: later },
    ),
  );
  const order = ["overdue", "soon", "checked", "some day", "later"];
  expect(requirements.map(({ description }) => description)).toEqual(order);
  const now = requirements.filter(isAskedNow).map(({ description }) => description);
  expect(now).toEqual(["overdue", "soon"]);
});

test("a capability below a balance is named by its path", () => {
  const transfers = { status: "active", status_details: [] };
  const { capabilities, isActive } = standingOf({
    ...account(null),
    configuration: {
      recipient: { capabilities: { stripe_balance: { stripe_transfers: transfers } } },
    },
  } as unknown as V2Account);
  expect(capabilities).toEqual([
    { name: "stripe_balance.stripe_transfers", status: "active", reasons: [] },
  ]);
  expect(isActive).toBe(true);
});

test("what Stripe has for no such business is not waited for, where something else works", () => {
  const capability = (status: string) => ({
    status,
    status_details: [{ code: "unsupported_country" }],
  });
  const both = (transfers: string) => ({
    merchant: { capabilities: { card_payments: capability("active") } },
    recipient: { capabilities: { stripe_balance: { stripe_transfers: capability(transfers) } } },
  });
  const standing = (configuration: object) => standingOf(account(null, [], { configuration }));
  expect(standing(both("unsupported")).isActive).toBe(true);
  expect(standing(both("restricted")).isActive).toBe(false);
  const nothing = standing({
    merchant: { capabilities: { card_payments: capability("unsupported") } },
  });
  expect(nothing.isActive).toBe(false);
  expect(nothing.capabilities.map(isUnsupported)).toEqual([true]);
});

test("money crosses borders inside one region, and stays in its country elsewhere", () => {
  const transfers = "stripe_balance.stripe_transfers";
  const between = (platform: string, country: string) =>
    isOffered(transfers, { platform, country });
  expect([between("US", "DE"), between("NO", "CA"), between("JP", "JP")]).toEqual([
    true,
    true,
    true,
  ]);
  expect([between("US", "JP"), between("SG", "US")]).toEqual([false, false]);
  expect(countriesOf("ach_debit_payments", "DE")).toEqual(["US"]);
  expect(countriesFor(profiles.saas, "BR")).toEqual(countries);
});

test.each([
  ["identity.business_details.registered_name", "legalName"],
  ["person_1.identity.date_of_birth.day", "birthDate"],
  ["individual.verification.document", "identityDocument"],
  ["external_account", "bankAccount"],
  ["identity.attestations.terms_of_service.account.date", "terms"],
  ["configuration.merchant.mcc", "industry"],
  ["configuration.merchant.support.address.line1", "address"],
  ["person.representative", "representative"],
  ["interv_cmVxdWVzdA.other_supportability_inquiry.support", "inquiry"],
  ["something.stripe_will_think_of", "other"],
])("%s is told as %s", (description, word) => {
  expect(wordOf(description)).toBe(word);
});

test("what no word knows is shown by a name that can be read", () => {
  expect(readableName("identity.business_details.new_thing")).toBe(
    "Identity › Business details › New thing",
  );
});

test("in a sentence each thing that is asked is said once, in words", () => {
  const asked = ["identity.business_details.registered_name", "person.address", "a.address.line1"];
  expect(phrasesOf([...asked, "identity.new_thing"])).toEqual([
    ...["the legal name", "an address", "Identity › New thing"],
  ]);
});
