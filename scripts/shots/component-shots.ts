import type { ComponentName } from "#lib/connect/grants";
import type { Shot, Viewer } from "#scripts/shots/pages";

type Place = Pick<Shot, "path" | "follow" | "below"> & { viewer?: Viewer };

/** Where each of Stripe's embedded components is seen with something in it. */
const places: Record<ComponentName, Place> = {
  account_onboarding: { path: "/{tenant}/onboarding", viewer: "metered" },
  account_management: { path: "/{tenant}/settings/account" },
  notification_banner: { path: "/{tenant}/payments", viewer: "metered" },
  payments: { path: "/{tenant}/payments?view=stripe" },
  payment_details: {
    ...{ path: "/{tenant}/payments", follow: "/{tenant}/payments/", below: "?show=stripe" },
  },
  payment_disputes: {
    ...{ path: "/{tenant}/disputes", follow: "/{tenant}/disputes/du_", below: "?show=form" },
  },
  disputes_list: { path: "/{tenant}/payments?view=disputes" },
  balances: { path: "/{tenant}/payouts?view=payouts" },
  payouts: { path: "/{tenant}/payouts/schedule" },
  payouts_list: { path: "/{tenant}/payouts?view=payouts" },
  payout_details: {
    ...{ path: "/{tenant}/payouts?status=paid", follow: "/{tenant}/payouts/po_" },
    below: "?show=stripe",
  },
  instant_payouts_promotion: { path: "/{tenant}/payouts?view=payouts" },
  balance_report: { path: "/{tenant}/payouts?view=reports" },
  payout_reconciliation_report: { path: "/{tenant}/payouts?view=reports" },
  documents: { path: "/{tenant}/payouts?view=documents" },
  tax_settings: { path: "/{tenant}/tax" },
  tax_registrations: { path: "/{tenant}/tax" },
  issuing_card: { path: "/{tenant}/cards" },
  issuing_cards_list: { path: "/{tenant}/cards" },
  financial_account: { path: "/{tenant}/cards/account" },
  financial_account_transactions: { path: "/{tenant}/cards/account" },
};

/** One picture of each component by itself, as `viewer` sees it. */
export function componentShots(viewer: Viewer): Shot[] {
  return Object.entries(places)
    .filter(([, place]) => (place.viewer ?? "tenant") === viewer)
    .map(([component, { viewer: _, ...place }]) => {
      const name = component.replaceAll("_", "-");
      return { name: `component-${name}`, ...place, element: `stripe-connect-${name}` };
    });
}
