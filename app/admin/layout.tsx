import type { Metadata } from "next";
import { AdminShell } from "#components/shell/admin-shell";
import type { LockstepState } from "#components/shell/lockstep";
import { env } from "#lib/env";
import { getLag, type Lag } from "#lib/overview/get-lag";
import { requireAdmin, requirePerson } from "#lib/web/session";

export const metadata: Metadata = {
  title: { default: "Console", template: "%s · Lockstep console" },
};

export default async function AdminLayout({ children }: { children: React.ReactNode }) {
  const ctx = await requireAdmin();
  const { person } = await requirePerson();
  const { state, lagMs } = await getLag(ctx);
  const sandboxUrl = env().STRIPE_API_BASE;
  return (
    <AdminShell
      role={ctx.platformRole}
      person={person}
      lockstep={{ state: lockstepStates[state], lagMs }}
      sandbox={sandboxUrl ? { sandboxUrl, now: ctx.now() } : undefined}
    >
      {children}
    </AdminShell>
  );
}

const lockstepStates = {
  "in lockstep": "inLockstep",
  behind: "behind",
  stopped: "stopped",
} as const satisfies Record<Lag["state"], LockstepState["state"]>;
