import { openAccount } from "#lib/accounts/open-account";
import { configurationsIn, countriesFor } from "#lib/connect/capability-table";
import { begun, created } from "#lib/connect/causes";
import { requireConnected } from "#lib/connect/find-account";
import { lockAccount } from "#lib/connect/lock-account";
import { type Profile, profiles } from "#lib/connect/profile";
import { recordTransition } from "#lib/connect/record-transition";
import { type ConnectStatus, connectLifecycle } from "#lib/connect/status";
import type { ConnectedAccount } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { env } from "#lib/env";
import { messageOf, Refusal } from "#lib/errors";
import { convergeNow } from "#lib/events/converge-now";
import { isStripesNo } from "#lib/stripe/ask";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/**
 * Sets the tenant's account up to take payments and opens onboarding. Begun twice, or cut off
 * between two steps and begun again, it is the same account and goes on where it stood. Answers
 * with the status it has now.
 */
export async function startOnboarding(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<{ status: ConnectStatus }> {
  requirePermission(ctx, "connect:onboard");
  const { tenantId } = ctx;
  const accountId = await openAccount(ctx, { tenantId }, gateway);
  const kept = await view(ctx, (tx) => tx.connectedAccount.findUnique({ where: { tenantId } }));
  if (kept) requireConnected(kept);
  const profile = env().CONNECT_PROFILE;
  if (!kept) {
    const { name, country } = await view(ctx, (tx) =>
      tx.tenant.findUniqueOrThrow({
        ...{ where: { id: tenantId }, select: { name: true, country: true } },
      }),
    );
    const configurations = await configurationsFor(profiles[profile], country, gateway);
    const setup = { ...profiles[profile], configurations };
    await gateway.setUpAccount(accountId, name, setup).catch((error: unknown) => {
      throw isStripesNo(error) ? cannotBeSetUp(country, messageOf(error)) : error;
    });
  }
  const status = await transact(ctx, "connect.start-onboarding", async (tx) => {
    const found = await lockAccount(tx, { tenantId, accountId, profile, since: ctx.now() });
    let at: Pick<ConnectedAccount, "tenantId" | "status" | "since"> = found;
    for (const event of ["create", "begin"] as const) {
      if (!(event in connectLifecycle[at.status])) continue;
      const cause = event === "begin" ? begun : created;
      at = await recordTransition(tx, ctx, at, event, cause);
    }
    if (at.status === "onboarding" && !found.begunAt) {
      await tx.connectedAccount.update({ where: { tenantId }, data: { begunAt: ctx.now() } });
    }
    return at.status;
  });
  // So that the page knows at once what is asked.
  await convergeNow(ctx, [{ objectType: "v2.core.account", objectId: accountId }]);
  return { status };
}

const names = new Intl.DisplayNames(["en"], { type: "region" });
const nameOf = (country: string) => names.of(country) ?? country;

/** What an account is set up for in its country. Refuses one where that is nothing. */
async function configurationsFor(profile: Profile, country: string, gateway: StripeGateway) {
  // Who is paid directly may be wherever Stripe opens accounts, so nobody need be asked.
  const isDirect = profile.configurations.every((one) => one === "merchant");
  const platform = isDirect ? country : await gateway.getPlatformCountry();
  const configurations = configurationsIn(profile, { country, platform });
  if (configurations.length > 0) return configurations;
  const no = `Stripe passes no money on from ${nameOf(platform)} to ${nameOf(country)}`;
  const where = countriesFor(profile, platform).map(nameOf).join(", ");
  const allowed = `A workspace that is paid by this platform can be in: ${where}.`;
  throw new Refusal("unprocessable", `${no}, so nothing was begun. ${allowed} ${mend}`);
}

const mend = "Change the country in Settings if it is not right, or write to us.";

/** Stripe knows which set-up it allows where, and it changes; so its own words are passed on. */
function cannotBeSetUp(country: string, said: string): Refusal {
  const no = `Stripe does not set up a workspace in ${country} to be paid as this platform does.`;
  return new Refusal("unprocessable", `${no} It said: ${said} Nothing was begun. ${mend}`);
}
