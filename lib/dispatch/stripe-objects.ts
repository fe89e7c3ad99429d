import { completeCheckouts } from "#lib/billing/complete-checkouts";
import { projectInvoices } from "#lib/billing/project-invoices";
import { projectAccounts } from "#lib/connect/project-accounts";
import { keepSubscriptions } from "#lib/dispatch/keep-subscriptions";
import type { Converger, Convergers, Sampler } from "#lib/events/converger";
import { createConverger, type Meaning } from "#lib/mirror/create-converger";
import { createSampler } from "#lib/mirror/create-sampler";
import { mirrors } from "#lib/mirror/mirrors";
import type { StripeObjects, StripeObjectType } from "#lib/stripe/object-types";

type Meanings = { [Type in StripeObjectType]?: Meaning<StripeObjects[Type]> };

/** What a domain keeps of objects beside their mirror, and what is a fact by it. */
const meanings: Meanings = {
  "checkout.session": { project: completeCheckouts },
  invoice: { project: projectInvoices },
  "v2.core.account": { project: projectAccounts },
  subscription: { project: keepSubscriptions },
};

const table = new Map<string, Converger>(
  (Object.keys(mirrors) as StripeObjectType[]).map((type) => [type, convergerOf(type)]),
);

/** The converger of a type of object; undefined for one nobody mirrors. */
export const convergers: Convergers = (type) => table.get(type);

/** Every type of mirror, to be compared with what Stripe has. */
export const samplers: ReadonlyMap<string, Sampler> = new Map(
  (Object.keys(mirrors) as StripeObjectType[]).map((type) => [type, samplerOf(type)]),
);

function samplerOf<Type extends StripeObjectType>(type: Type): Sampler {
  return createSampler<StripeObjects[Type]>(type, mirrors[type]);
}

function convergerOf<Type extends StripeObjectType>(type: Type): Converger {
  return createConverger<StripeObjects[Type]>(type, mirrors[type], meanings[type] ?? {});
}
