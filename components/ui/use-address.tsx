"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useTransition } from "react";

/** Where the browser was told to go and is not yet, in order: it outlives the page that is left. */
let asked: { path: string; searches: string[] } | undefined;

/** Changes parts of the address in place; empty takes one out. A new filter begins at page one. */
export function useAddress() {
  const router = useRouter();
  const path = usePathname();
  const there = useSearchParams().toString();
  const [isPending, startTransition] = useTransition();
  useEffect(() => {
    // One of several may arrive by itself. Anywhere else somebody went another way.
    const place = asked?.path === path ? asked.searches.indexOf(there) : -1;
    const searches = place < 0 ? [] : asked!.searches.slice(place + 1);
    asked = searches.length > 0 ? { path, searches } : undefined;
  }, [path, there]);
  const set = (changes: Readonly<Record<string, string>>) => {
    // The address is the old one until the next page is there. What was chosen meanwhile counts.
    const waiting = asked?.path === path ? asked.searches : [];
    const known = waiting.at(-1) ?? window.location.search;
    const params = new URLSearchParams(known);
    params.delete("cursor");
    for (const [name, value] of Object.entries(changes)) {
      if (value) params.set(name, value);
      else params.delete(name);
    }
    asked = { path, searches: [...waiting, params.toString()] };
    const address = params.size > 0 ? `${path}?${params}` : path;
    startTransition(() => router.replace(address, { scroll: false }));
  };
  return { set, isPending };
}
