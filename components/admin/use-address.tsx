"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";

/** Changes parts of the address in place; empty takes one out. A new filter begins at page one. */
export function useAddress() {
  const router = useRouter();
  const path = usePathname();
  const [isPending, startTransition] = useTransition();
  const set = (changes: Readonly<Record<string, string>>) => {
    // As it is now, not as it was when a delayed search was typed.
    const params = new URLSearchParams(window.location.search);
    params.delete("cursor");
    for (const [name, value] of Object.entries(changes)) {
      if (value) params.set(name, value);
      else params.delete(name);
    }
    const address = params.size > 0 ? `${path}?${params}` : path;
    startTransition(() => router.replace(address, { scroll: false }));
  };
  return { set, isPending };
}
