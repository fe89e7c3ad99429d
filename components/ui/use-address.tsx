"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useTransition } from "react";

/** Where the browser was last told to go, until it is there: it outlives the page that is left. */
let asked: { path: string; search: string } | undefined;

/** Changes parts of the address in place; empty takes one out. A new filter begins at page one. */
export function useAddress() {
  const router = useRouter();
  const path = usePathname();
  const there = useSearchParams().toString();
  const [isPending, startTransition] = useTransition();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever one has arrived somewhere
  useEffect(() => {
    asked = undefined;
  }, [path, there]);
  const set = (changes: Readonly<Record<string, string>>) => {
    // The address is the old one until the next page is there. What was chosen meanwhile counts.
    const known = asked?.path === path ? asked.search : window.location.search;
    const params = new URLSearchParams(known);
    params.delete("cursor");
    for (const [name, value] of Object.entries(changes)) {
      if (value) params.set(name, value);
      else params.delete(name);
    }
    asked = { path, search: params.toString() };
    const address = params.size > 0 ? `${path}?${params}` : path;
    startTransition(() => router.replace(address, { scroll: false }));
  };
  return { set, isPending };
}
