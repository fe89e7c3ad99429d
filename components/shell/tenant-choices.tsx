"use client";

import { Dropdown } from "@heroui/react/dropdown";
import { Label } from "@heroui/react/label";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "react-aria-components/Button";
import { Initials } from "#components/shell/initials";
import {
  type Workspace,
  WorkspaceCard,
  workspaceCardStyle,
} from "#components/shell/workspace-card";
import { useReturnFocus } from "#components/ui/use-return-focus";

/** The list itself, opened as it appears: it is loaded by the press that asks for it. */
export function TenantChoices(props: { current: Workspace; tenants: readonly Workspace[] }) {
  const t = useTranslations("common.shell");
  const { current, tenants } = props;
  const { trigger, returnFocus } = useReturnFocus();
  return (
    <Dropdown defaultOpen onOpenChange={returnFocus}>
      <Button
        ref={trigger}
        aria-label={`${t("switch")}: ${current.name}`}
        className={workspaceCardStyle}
      >
        <WorkspaceCard of={current} />
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
