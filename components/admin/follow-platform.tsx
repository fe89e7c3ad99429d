"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import type { ApiPath } from "#components/ui/use-submit";

/** Has a plan version follow the platform's rules again. */
export function FollowPlatform({ name, path }: { name: string; path: ApiPath }) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Follow the platform"
      triggerVariant="ghost"
      triggerLabel={`Have ${name} follow the platform's rules`}
      title={`Drop the rules of ${name}?`}
      effect={<p>From now on the platform's rules hold for it, also where they change.</p>}
      confirm="Drop its rules"
      path={path}
      method="DELETE"
      onDone={() => router.refresh()}
    />
  );
}
