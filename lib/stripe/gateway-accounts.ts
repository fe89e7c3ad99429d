import { ask } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

type NewTenantAccount = { tenantId: string; name: string; email: string; country: string };

export function accountCalls(stripe: StripeClient) {
  return {
    /** One account per tenant: it is billed now and can take payments later. */
    createTenantAccount({ tenantId, name, email, country }: NewTenantAccount) {
      return ask(async () => {
        const account = await stripe.v2.core.accounts.create(
          {
            contact_email: email,
            display_name: name,
            identity: { country: country.toLowerCase() },
            configuration: { customer: {} },
            metadata: { tenant_id: tenantId },
            include: ["configuration.customer", "identity"],
          },
          { idempotencyKey: `create-account:${tenantId}` },
        );
        return { accountId: account.id };
      });
    },
  };
}
