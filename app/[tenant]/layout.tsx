import { getTranslations } from "next-intl/server";
import { planLine } from "#components/billing/plan-line";
import { Messages } from "#components/messages";
import type { LockstepState } from "#components/shell/lockstep";
import { TenantShell } from "#components/shell/tenant-shell";
import { env } from "#lib/env";
import { getLag, type Lag } from "#lib/overview/get-lag";
import { listMyTenants } from "#lib/tenancy/list-my-tenants";
import { requirePerson, requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string }>; children: React.ReactNode };

export default async function TenantLayout({ params, children }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const me = await requirePerson();
  const [t, mine, line, { state, lagMs }] = await Promise.all([
    getTranslations("tenant"),
    listMyTenants(me),
    planLine(ctx),
    getLag(ctx),
  ]);
  const tenants = mine.map(({ slug, name, role }) => ({ slug, name, line: t(`roles.${role}`) }));
  const current = tenants.find(({ slug }) => slug === ctx.tenantSlug);
  const sandboxUrl = env().STRIPE_API_BASE;
  return (
    <Messages areas={["common", "tenant"]}>
      <TenantShell
        tenant={{ slug: ctx.tenantSlug, name: current?.name ?? ctx.tenantSlug, line }}
        tenants={tenants}
        role={ctx.role}
        person={{ ...me.person, isPlatform: me.person.platformRole !== null }}
        lockstep={{ state: lockstepStates[state], lagMs }}
        sandbox={sandboxUrl ? { sandboxUrl, now: ctx.now() } : undefined}
      >
        {children}
      </TenantShell>
    </Messages>
  );
}

const lockstepStates = {
  "in lockstep": "inLockstep",
  behind: "behind",
  stopped: "stopped",
} as const satisfies Record<Lag["state"], LockstepState["state"]>;
