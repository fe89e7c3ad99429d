"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useAddress } from "#components/ui/use-address";

type Props = { types: readonly string[]; current: string | undefined };

/** One type of event in place of all: the address holds it, and begins at the newest. */
export function TypeFilter({ types, current = "" }: Props) {
  const t = useTranslations("developers.deliveries");
  const { set, isPending } = useAddress();
  return (
    <div className="select relative w-56 max-sm:w-full" aria-busy={isPending}>
      <select
        aria-label={t("type")}
        value={current}
        onChange={(event) => set({ type: event.target.value })}
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
