"use client";

import { ChevronDown } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";

type Props = { types: readonly string[]; current: string | undefined };

/** One type of event in place of all: the address holds it, and begins at the newest. */
export function TypeFilter({ types, current = "" }: Props) {
  const t = useTranslations("developers.deliveries");
  const router = useRouter();
  const path = usePathname();
  const [isPending, startTransition] = useTransition();
  const choose = (type: string) => {
    const params = new URLSearchParams(window.location.search);
    params.delete("cursor");
    if (type) params.set("type", type);
    else params.delete("type");
    const address = params.size > 0 ? `${path}?${params}` : path;
    startTransition(() => router.replace(address, { scroll: false }));
  };
  return (
    <div className="select relative w-56 max-sm:w-full" aria-busy={isPending}>
      <select
        aria-label={t("type")}
        value={current}
        onChange={(event) => choose(event.target.value)}
        className="select__trigger w-full appearance-none pe-8 text-base sm:text-sm"
      >
        <option value="">{t("anyType")}</option>
        {types.map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 end-2.5 my-auto size-4 text-muted"
      />
    </div>
  );
}
