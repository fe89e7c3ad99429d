"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Initials } from "#components/shell/initials";
import type { UserMenuProps } from "#components/shell/user-menu-items";

const load = () => import("#components/shell/user-menu-items").then((part) => part.UserMenuItems);
const Items = dynamic(load);

/** Who one is, and what belongs to the person rather than to the workspace. */
export function UserMenu(props: UserMenuProps) {
  const t = useTranslations("common.shell");
  const [isWanted, setWanted] = useState(false);
  if (isWanted) return <Items {...props} />;
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={t("menu", { name: props.person.name })}
      onPointerEnter={load}
      onFocus={load}
      // Loaded first, so that the button never goes away under the finger.
      onClick={() => void load().then(() => setWanted(true))}
      className="cursor-pointer rounded-full"
    >
      <Initials of={props.person.name} round />
    </button>
  );
}
