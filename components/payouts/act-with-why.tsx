"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { WhyField } from "#components/invoices/act-fields";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import type { ApiPath } from "#components/ui/use-submit";

type Props = { trigger: string; title: string; effect: string; confirm: string; path: ApiPath };

/** Says what happens, asks why, and does it once. */
export function ActWithWhy({ effect, ...asked }: Props) {
  const router = useRouter();
  const [key] = useState(() => crypto.randomUUID());
  const [why, setWhy] = useState("");
  return (
    <ConfirmDialog
      {...asked}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <p>{effect}</p>
          <WhyField onChange={setWhy} />
        </div>
      }
      isDangerous
      body={{ key, why }}
      onDone={() => router.refresh()}
    />
  );
}
