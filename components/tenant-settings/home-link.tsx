"use client";

import { useParams } from "next/navigation";
import { LinkButton } from "#components/ui/link-button";

/** The way to the overview of the workspace one is in, for pages that are not told which. */
export function HomeLink({ children }: { children: React.ReactNode }) {
  const { tenant } = useParams<{ tenant: string }>();
  return <LinkButton href={`/${tenant}`}>{children}</LinkButton>;
}
