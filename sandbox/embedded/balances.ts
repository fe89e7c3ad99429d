import { html } from "hono/html";
import type { Component, Event, Visit } from "#sandbox/embedded/component";
import { amount } from "#sandbox/embedded/parts";
import {
  instantForm,
  instantOffers,
  type Offer,
  payoutActs,
  scheduleView,
  standardForm,
} from "#sandbox/embedded/payout-acts";
import { balanceOf } from "#sandbox/payments/balance";
import { defaultFor } from "#sandbox/payments/external-account";

/** `balances`: what there is, when it can be used, and the ways to take it. */
export const balances: Component = {
  view: (visit) => ({ title: "Balances", body: balanceView(visit) }),
  acts: payoutActs,
};

/** `instant-payouts-promotion`: money now, for a fee that is said first; nothing where there is
 *  nothing to pay out or nowhere to send it. */
export const instantPayoutsPromotion: Component = {
  view(visit) {
    const [offer] = instantOffers(visit);
    const shown = { promotionShown: offer !== undefined };
    const events: readonly Event[] = [["InstantPayoutsPromotionLoaded", shown]];
    const title = "Instant payouts";
    if (offer === undefined) return { title, body: html``, events };
    const body = html`<section class="card" role="group" aria-label="Instant payouts">
      <h2>Get ${amount(offer.most, offer.currency)} within minutes</h2>
      <p class="soft">It costs ${amount(offer.fee, offer.currency)}, taken from your balance.</p>
      ${instantForm(visit, offer)}
    </section>`;
    return { title, body, events };
  },
  acts: payoutActs,
};

/** The balance of every currency, what can be done with it, and when it leaves by itself. */
export function balanceView(visit: Visit) {
  const { available, pending } = balanceOf(visit.world);
  const offers = instantOffers(visit);
  return html`
    <div class="tiles">
      ${available.map(({ amount: free, currency }, place) =>
        tile(visit, {
          ...{ free, currency, coming: pending[place]?.amount ?? 0 },
          offer: offers.find((each) => each.currency === currency),
        }),
      )}
    </div>
    ${scheduleView(visit)}
  `;
}

function tile(
  visit: Visit,
  of: { free: number; coming: number; currency: string; offer: Offer | undefined },
) {
  const { free, coming, currency, offer } = of;
  const hasBank = defaultFor(visit.world, currency) !== undefined;
  return html`<section class="card" role="group" aria-label="Balance in ${currency.toUpperCase()}">
    <p class="soft">Available</p>
    <p class="big">${amount(free, currency)}</p>
    <p class="soft">
      ${amount(coming, currency)} pending${
        offer === undefined ? "" : html`<br />${amount(offer.most, currency)} available instantly`
      }
    </p>
    ${
      hasBank
        ? html`<div class="actions">
            ${free > 0 ? standardForm(visit, currency, free) : ""}
            ${offer === undefined ? "" : instantForm(visit, offer)}
          </div>`
        : html`<p class="soft">
            No bank account in ${currency.toUpperCase()} yet, so nothing can be paid out.
          </p>`
    }
  </section>`;
}
