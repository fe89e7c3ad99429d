"use client";

import { Drawer } from "@heroui/react/drawer";
import { useTranslations } from "next-intl";

type Props = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: React.ReactNode;
};

export function NavigationDrawer({ isOpen, onOpenChange, children }: Props) {
  const t = useTranslations("common.shell");
  return (
    <Drawer.Backdrop isOpen={isOpen} onOpenChange={onOpenChange}>
      <Drawer.Content placement="left">
        <Drawer.Dialog aria-label={t("navigation")} className="w-72 max-w-[85vw] p-0">
          {children}
        </Drawer.Dialog>
      </Drawer.Content>
    </Drawer.Backdrop>
  );
}
