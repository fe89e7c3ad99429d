"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  type Workspace,
  WorkspaceCard,
  workspaceCardStyle,
} from "#components/shell/workspace-card";

const load = () => import("#components/shell/tenant-choices").then((part) => part.TenantChoices);
const Choices = dynamic(load);

/** Which workspace one is in, and the way to the others. */
export function TenantSwitcher(props: { current: Workspace; tenants: readonly Workspace[] }) {
  const t = useTranslations("common.shell");
  const [isWanted, setWanted] = useState(false);
  if (isWanted) return <Choices {...props} />;
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={`${t("switch")}: ${props.current.name}`}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => void load().then(() => setWanted(true))}
      className={workspaceCardStyle}
    >
      <WorkspaceCard of={props.current} />
    </button>
  );
}
