"use client";

import { useTranslations } from "next-intl";
import {
  type Workspace,
  WorkspaceCard,
  workspaceCardStyle,
} from "#components/shell/workspace-card";
import { useLoaded } from "#components/ui/use-loaded";

const load = () => import("#components/shell/tenant-choices").then((part) => part.TenantChoices);

/** Which workspace one is in, and the way to the others. */
export function TenantSwitcher(props: { current: Workspace; tenants: readonly Workspace[] }) {
  const t = useTranslations("common.shell");
  const { Part: Choices, show } = useLoaded(load);
  if (Choices) return <Choices {...props} />;
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={`${t("switch")}: ${props.current.name}`}
      onPointerEnter={load}
      onFocus={load}
      onClick={show}
      className={workspaceCardStyle}
    >
      <WorkspaceCard of={props.current} />
    </button>
  );
}
