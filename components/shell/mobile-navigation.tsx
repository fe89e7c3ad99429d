"use client";

import { Drawer } from "@heroui/react/drawer";
import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

/** The sidebar of a phone, behind a button. It closes itself when it has led somewhere. */
export function MobileNavigation({ children }: { children: React.ReactNode }) {
  const t = useTranslations("common.shell");
  const path = usePathname();
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is the signal
  useEffect(() => setOpen(false), [path]);
  return (
    <>
      <button
        type="button"
        aria-label={t("openNavigation")}
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className="-ms-2 grid size-10 cursor-pointer place-items-center rounded-lg text-muted hover:bg-default lg:hidden"
      >
        <Menu aria-hidden className="size-4" />
      </button>
      <Drawer.Backdrop isOpen={isOpen} onOpenChange={setOpen}>
        <Drawer.Content placement="left">
          <Drawer.Dialog aria-label={t("navigation")} className="w-72 max-w-[85vw] p-0">
            {children}
          </Drawer.Dialog>
        </Drawer.Content>
      </Drawer.Backdrop>
    </>
  );
}
