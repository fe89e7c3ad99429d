"use client";

import { Menu } from "lucide-react";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

const load = () =>
  import("#components/shell/navigation-drawer").then((part) => part.NavigationDrawer);
const Drawer = dynamic(load, { loading: () => null });

/** The sidebar of a phone, behind a button. It closes itself when it has led somewhere. */
export function MobileNavigation({ children }: { children: React.ReactNode }) {
  const t = useTranslations("common.shell");
  const path = usePathname();
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is the signal
  useEffect(() => setOpen(false), [path]);
  return (
    <>
      <button
        type="button"
        aria-label={t("openNavigation")}
        aria-expanded={isOpen}
        onPointerEnter={load}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
        className="-ms-2 grid size-10 cursor-pointer place-items-center rounded-lg text-muted hover:bg-default lg:hidden"
      >
        <Menu aria-hidden className="size-4" />
      </button>
      {isWanted && (
        <Drawer isOpen={isOpen} onOpenChange={setOpen}>
          {children}
        </Drawer>
      )}
    </>
  );
}
