"use client";

import { useTranslations } from "next-intl";
import { Initials } from "#components/shell/initials";
import type { UserMenuProps } from "#components/shell/user-menu-items";
import { useLoaded } from "#components/ui/use-loaded";

const load = () => import("#components/shell/user-menu-items").then((part) => part.UserMenuItems);

/** Who one is, and what belongs to the person rather than to the workspace. */
export function UserMenu(props: UserMenuProps) {
  const t = useTranslations("common.shell");
  const { Part: Items, show } = useLoaded(load);
  if (Items) return <Items {...props} />;
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={t("menu", { name: props.person.name })}
      onPointerEnter={load}
      onFocus={load}
      onClick={show}
      className="cursor-pointer rounded-full"
    >
      <Initials of={props.person.name} round />
    </button>
  );
}
