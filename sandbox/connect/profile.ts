import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";

type Account = ObjectOf<"v2.core.account">;
type Responsibilities = NonNullable<NonNullable<Account["defaults"]>["responsibilities"]>;
type Dashboard = NonNullable<Account["dashboard"]>;

/** What is sent of an account's profile. */
interface SentProfile {
  dashboard?: Dashboard;
  configuration?: { merchant?: object; recipient?: object };
  defaults?: {
    responsibilities?: {
      fees_collector: NonNullable<Responsibilities["fees_collector"]>;
      losses_collector: NonNullable<Responsibilities["losses_collector"]>;
    };
  };
}

/** Who carries fees and losses, by dashboard: https://docs.stripe.com/connect/accounts-v2 */
const profiles = {
  full: { payer: "stripe", requirements: "stripe" },
  express: { payer: "application", requirements: "stripe" },
  none: { payer: "application", requirements: "application" },
} as const satisfies Record<Dashboard, object>;

/** Refuses a profile Stripe does not offer, and any change of one: it is chosen once. */
export function checkProfile(kept: Account | undefined, sent: SentProfile): void {
  const asked = sent.defaults?.responsibilities;
  if (kept !== undefined) checkUnchanged(kept, sent);
  const dashboard = sent.dashboard ?? kept?.dashboard;
  const takesMoney = sent.configuration?.merchant ?? sent.configuration?.recipient;
  if (dashboard === undefined || takesMoney === undefined) return;
  const { payer } = profiles[dashboard];
  const isOffered =
    asked === undefined ||
    (asked.fees_collector.startsWith(payer) && asked.losses_collector === payer);
  if (!isOffered) {
    throw invalidRequest(
      `With the ${dashboard} dashboard ${payer === "stripe" ? "Stripe" : "the application"} ` +
        "collects fees and losses.",
      undefined,
      "defaults.responsibilities",
    );
  }
  if (dashboard === "full" && sent.configuration?.recipient !== undefined) {
    throw invalidRequest(
      "An account with the full dashboard takes direct charges: it cannot be a recipient.",
      undefined,
      "configuration.recipient",
    );
  }
}

/** The responsibilities of an account, those sent above those kept. */
export function profileOf(kept: Account, sent: SentProfile): Responsibilities {
  const dashboard = sent.dashboard ?? kept.dashboard;
  const requirements = dashboard ? profiles[dashboard].requirements : "stripe";
  return {
    ...kept.defaults?.responsibilities,
    ...sent.defaults?.responsibilities,
    requirements_collector: requirements,
  };
}

function checkUnchanged(kept: Account, sent: SentProfile): void {
  const isChosen = kept.dashboard !== undefined && kept.dashboard !== null;
  if (isChosen && sent.dashboard !== undefined && sent.dashboard !== kept.dashboard) {
    throw invalidRequest("The dashboard cannot be changed.", undefined, "dashboard");
  }
  const { fees_collector, losses_collector } = kept.defaults?.responsibilities ?? {};
  const asked = sent.defaults?.responsibilities;
  if (asked === undefined || fees_collector === undefined) return;
  if (asked.fees_collector === fees_collector && asked.losses_collector === losses_collector)
    return;
  const message = "Who collects fees and losses cannot be changed.";
  throw invalidRequest(message, undefined, "defaults.responsibilities");
}
