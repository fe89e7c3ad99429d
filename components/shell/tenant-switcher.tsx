"use client";

import { Dropdown } from "@heroui/react/dropdown";
import { Label } from "@heroui/react/label";
import { ChevronsUpDown, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "react-aria-components/Button";
import { Initials } from "#components/shell/initials";

export type Workspace = {
  readonly slug: string;
  readonly name: string;
  /** Its plan in a few words: "Pro · 12 seats". */
  readonly line?: string | undefined;
};

/** Which workspace one is in, and the way to the others. */
export function TenantSwitcher(props: { current: Workspace; tenants: readonly Workspace[] }) {
  const t = useTranslations("common.shell");
  const { current, tenants } = props;
  return (
    <Dropdown>
      <Button
        aria-label={`${t("switch")}: ${current.name}`}
        className="flex w-full cursor-pointer items-center gap-2.5 rounded-lg border border-border bg-surface px-2 py-1.5 text-start hover:bg-default/40"
      >
        <Initials of={current.name} />
        <span className="min-w-0 flex-1 leading-4">
          <span className="block truncate font-medium">{current.name}</span>
          <span className="block truncate text-2xs text-muted">{current.line ?? t("noPlan")}</span>
        </span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </Button>
      <Dropdown.Popover placement="bottom start" className="min-w-56">
        <Dropdown.Menu aria-label={t("workspaces")}>
          {tenants.map(({ slug, name, line }) => (
            <Dropdown.Item key={slug} id={slug} href={`/${slug}`} textValue={name}>
              <Initials of={name} />
              <div className="min-w-0">
                <Label className="block truncate">{name}</Label>
                <span className="block text-2xs text-muted">{line ?? t("noPlan")}</span>
              </div>
            </Dropdown.Item>
          ))}
          <Dropdown.Item id="new-workspace" href="/sign-up?company=1" textValue={t("newWorkspace")}>
            <Plus aria-hidden className="size-4 shrink-0 text-muted" />
            <Label>{t("newWorkspace")}</Label>
          </Dropdown.Item>
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}
