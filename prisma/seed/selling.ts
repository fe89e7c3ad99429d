import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { switchLink } from "#lib/selling/change-link";
import { createLink } from "#lib/selling/create-link";
import { draftPolicy } from "#lib/selling/draft-policy";
import type { FeeRules } from "#lib/selling/fee-policy";
import { linkInput } from "#lib/selling/input";
import { listLinks } from "#lib/selling/list-links";
import { listPolicies } from "#lib/selling/list-policies";
import { openSale } from "#lib/selling/open-sale";
import { publishPolicy } from "#lib/selling/publish-policy";
import { refundSale } from "#lib/selling/refund-sale";
import type { DemoTenant } from "#prisma/seed/demo-world";
import { asAdmin, asOwner } from "#prisma/seed/people";
import type { Act } from "#prisma/seed/purchases";

const always = { plans: [], methods: [], countries: [], currencies: [] };
const none = { least: {}, most: {} };

/** What the platform of the demo takes: less of cards from home, and less as more is sold. */
const rules: FeeRules = [
  {
    ...{ name: "Cards from home", when: { ...always, countries: ["US"] } },
    tiers: [
      { from: {}, percent: "1.5", fixed: { usd: "20" } },
      { from: { usd: "500000" }, percent: "1.2", fixed: { usd: "20" } },
    ],
    ...none,
  },
  {
    ...{ name: "Everything else", when: always },
    tiers: [{ from: {}, percent: "2.5", fixed: { usd: "30", eur: "25" } }],
    ...{ least: { usd: "50" }, most: { usd: "5000" } },
  },
];

/** The platform's first policy, and a draft of the next. */
export async function seedFees(ctx: Context): Promise<boolean> {
  return asAdmin(ctx, async (admin) => {
    if ((await listPolicies(admin)).length > 0) return false;
    const first = { name: "The first fees", rules, returnsFee: true };
    const { policyId } = await draftPolicy(admin, first);
    await publishPolicy(admin, { policyId });
    const next = rules.map((rule) => ({
      ...rule,
      tiers: rule.tiers.map((tier) => ({ ...tier, percent: "2" })),
    }));
    await draftPolicy(admin, { name: "One price for all", rules: next, returnsFee: true });
    return false;
  });
}

/** Where a company sells, and with which cards it was paid there. */
const links = [
  {
    words: { name: "Brand workshop, half a day", currency: "usd", minor: "48000" },
    description: "Four hours with two of us, and the notes of it.",
    cards: ["4242424242424242", "4000000000000002", "5555555555554444"],
  },
  {
    words: { name: "Icon set", currency: "usd", minor: "4900", mostQuantity: 10 },
    description: "240 icons as SVG, with a licence for one team.",
    cards: ["4000002760000016", "4242424242424242", "4000000000000259"],
  },
  {
    words: { name: "Pay what you like", currency: "usd", leastMinor: "500", mostMinor: "50000" },
    description: "For the open fonts.",
    cards: ["4242424242424242"],
    isPaused: true,
  },
] as const;

type Payer = { card: string; email: string };
const buyers = ["mira@harbour.test", "jonas@fieldnotes.test", "hello@papermill.test"];

/** Its links come about, and somebody pays at them: some decline, one disputes. */
export async function seedLinks(ctx: Context, tenant: DemoTenant, act: Act): Promise<boolean> {
  if (tenant.takesPayments !== "yes") return false;
  return asOwner(ctx, tenant, async (member) => {
    const { rows, whyNot } = await listLinks(member);
    if (rows.length > 0 || whyNot !== null) return false;
    for (const { words, description, cards, ...link } of links) {
      const input = linkInput.parse({ ...words, description });
      const { id, token } = await createLink(member, input);
      const least = "leastMinor" in words ? { minor: 2_500n } : {};
      for (const [place, card] of cards.entries()) {
        await openSale(ctx, { token, quantity: 1, ...least });
        await payAt(ctx, id, { card, email: buyers[place]! }, act);
      }
      if ("isPaused" in link) await switchLink(member, { linkId: id, to: "paused" });
    }
    return true;
  });
}

async function payAt(ctx: Context, linkId: string, payer: Payer, act: Act): Promise<void> {
  const system: Context = { ...ctx, scope: { kind: "system" } };
  const { stripeSessionId } = await view(system, (tx) =>
    tx.saleCheckout.findFirstOrThrow({ where: { linkId }, orderBy: { id: "desc" } }),
  );
  // A card that is declined is how the demo has payments that failed.
  await act(`checkout/${stripeSessionId}/complete`, payer).catch(() => {});
}

/** Part of one payment is given back. */
export async function seedRefund(ctx: Context, tenant: DemoTenant): Promise<boolean> {
  if (tenant.takesPayments !== "yes") return false;
  return asOwner(ctx, tenant, async (member) => {
    const sale = await view(member, (tx) =>
      tx.sale.findFirst({
        where: { status: "succeeded", linkId: { not: null }, amountMinor: 48_000n },
        orderBy: { id: "asc" },
      }),
    );
    if (!sale) return false;
    const note = "Half an hour was cut short.";
    const input = { saleId: sale.id, key: "demo-refund", minor: 6_000n, note };
    await refundSale(member, { ...input, reason: "requested_by_customer" });
    return true;
  });
}
