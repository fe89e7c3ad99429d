"use client";

import { Dropdown } from "@heroui/react/dropdown";
import { Label } from "@heroui/react/label";
import { LogOut, Moon, ShieldCheck, Sun, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { Button } from "react-aria-components/Button";
import { Initials } from "#components/shell/initials";
import { signOutHere } from "#components/shell/sign-out";
import { useReturnFocus } from "#components/ui/use-return-focus";

export type UserMenuProps = {
  person: { readonly name: string; readonly email: string };
  crossing?: { readonly href: string; readonly label: string } | undefined;
};

/** The menu itself, opened as it appears: it is loaded by the press that asks for it. */
export function UserMenuItems({ person, crossing }: UserMenuProps) {
  const t = useTranslations("common");
  const { resolvedTheme, setTheme } = useTheme();
  const other = resolvedTheme === "dark" ? "light" : "dark";
  const themeLabel = other === "dark" ? t("theme.toDark") : t("theme.toLight");
  const { trigger, returnFocus } = useReturnFocus();
  return (
    <Dropdown defaultOpen onOpenChange={returnFocus}>
      <Button
        ref={trigger}
        aria-label={t("shell.menu", { name: person.name })}
        className="cursor-pointer rounded-full"
      >
        <Initials of={person.name} round />
      </Button>
      <Dropdown.Popover placement="bottom end" className="min-w-56">
        <div className="border-b border-separator px-4 py-2.5">
          <p className="truncate font-medium">{person.name}</p>
          <p className="truncate text-xs text-muted">{person.email}</p>
        </div>
        <Dropdown.Menu aria-label={t("shell.menu", { name: person.name })}>
          <Dropdown.Item id="account" href="/account" textValue={t("shell.account")}>
            <UserRound aria-hidden className="size-4 shrink-0 text-muted" />
            <Label>{t("shell.account")}</Label>
          </Dropdown.Item>
          {crossing && (
            <Dropdown.Item id="crossing" href={crossing.href} textValue={crossing.label}>
              <ShieldCheck aria-hidden className="size-4 shrink-0 text-muted" />
              <Label>{crossing.label}</Label>
            </Dropdown.Item>
          )}
          <Dropdown.Item id="theme" textValue={themeLabel} onAction={() => setTheme(other)}>
            {other === "dark" ? (
              <Moon aria-hidden className="size-4 shrink-0 text-muted" />
            ) : (
              <Sun aria-hidden className="size-4 shrink-0 text-muted" />
            )}
            <Label>{themeLabel}</Label>
          </Dropdown.Item>
          <Dropdown.Item
            id="sign-out"
            textValue={t("shell.signOut")}
            onAction={() => void signOutHere()}
          >
            <LogOut aria-hidden className="size-4 shrink-0 text-muted" />
            <Label>{t("shell.signOut")}</Label>
          </Dropdown.Item>
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}
