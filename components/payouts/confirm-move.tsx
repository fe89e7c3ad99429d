"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

const acts = {
  transfer: { path: "/api/v1/admin/transfers", verb: "Send it" },
  debit: { path: "/api/v1/admin/debits", verb: "Debit them" },
  topup: { path: "/api/v1/admin/top-ups", verb: "Bring it" },
  payout: { path: "/api/v1/admin/payouts", verb: "Pay it out" },
  instant: { path: "/api/v1/admin/payouts", verb: "Pay it out now" },
} as const;

type Props = {
  kind: keyof typeof acts;
  effect: string;
  body: Record<string, string> | undefined;
};

/** Says what happens and does it, once. */
export function ConfirmMove({ kind, effect, body }: Props) {
  const router = useRouter();
  const [key] = useState(() => crypto.randomUUID());
  const { path, verb } = acts[kind];
  return (
    <Card title="What happens">
      <p className="mb-4">{effect}</p>
      <ConfirmDialog
        trigger={verb}
        title={`${verb}?`}
        effect={effect}
        confirm={verb}
        isDangerous={kind === "debit"}
        path={path}
        body={{ key, ...body }}
        onDone={() => router.push("/admin/transfers?view=moves")}
      />
    </Card>
  );
}
