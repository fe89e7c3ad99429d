import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Mandate = ObjectOf<"mandate">;

/** Writes down that the holder of a payment method lets it be charged again. */
export function writeMandate(
  world: World,
  method: Row<"payment_method">,
  acceptance?: Mandate["customer_acceptance"],
): string {
  const { type } = method.object;
  const id = world.newId("mandate");
  const details = detailsFor[type as keyof typeof detailsFor]?.(id) ?? {};
  const mandate: Mandate = {
    id,
    object: "mandate",
    customer_acceptance: acceptance ?? {
      accepted_at: world.now(),
      online: { ip_address: "127.0.0.1", user_agent: "Local Stripe" },
      type: "online",
    },
    livemode: false,
    multi_use: {},
    payment_method: method.object.id,
    payment_method_details: { ...details, type },
    status: "active",
    type: "multi_use",
  };
  world.insert("mandate", mandate, {}, world.now());
  method.hidden = { ...method.hidden, mandate: id };
  world.save(method);
  return id;
}

const detailsFor = {
  card: () => ({ card: {} }),
  us_bank_account: () => ({ us_bank_account: {} }),
  sepa_debit: (id: string) => ({
    sepa_debit: { reference: id.slice(-12).toUpperCase(), url: "https://example.com/mandate" },
  }),
};
