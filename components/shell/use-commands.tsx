"use client";

import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useEffect, useState } from "react";
import type { CommandPage } from "#components/shell/command-menu";
import { signOutHere } from "#components/shell/sign-out";
import { callApi } from "#lib/web/call-api";

export type Command = { readonly id: string; readonly label: string; readonly detail?: string } & (
  | { readonly href: string }
  | { readonly run: () => void }
);

type Found = {
  readonly items: readonly {
    readonly kind: string;
    readonly label: string;
    readonly detail?: string | null;
    readonly href: string;
  }[];
};

type Search =
  | { readonly state: "idle" | "searching" | "failed" }
  | ({ readonly state: "found" } & Found);

/** What the query matches, by kind, and a note where something is missing or under way. */
export function useCommands(
  query: string,
  pages: readonly CommandPage[],
  searchPath: `/api/v1/${string}`,
  onKeys: () => void,
) {
  const t = useTranslations("common.command");
  const search = useSearch(query, searchPath);
  const actions = useActions(onKeys);
  const matches = ({ label }: { label: string }) =>
    label.toLowerCase().includes(query.trim().toLowerCase());

  // Pages stand below in their own group; the search need not find them again.
  const isNews = ({ href }: { href: string }) => !pages.some((page) => page.href === href);

  const groups = [
    {
      title: t("results"),
      commands: search.state === "found" ? search.items.filter(isNews).map(toCommand) : [],
    },
    {
      title: t("pages"),
      commands: pages
        .filter(matches)
        .map(({ href, label }) => ({ id: `page${href.replaceAll("/", "-")}`, href, label })),
    },
    { title: t("actions"), commands: actions.filter(matches) },
  ].filter(({ commands }) => commands.length > 0);

  const isEmpty = groups.length === 0 && search.state !== "searching";
  const note =
    search.state === "failed"
      ? t("failed")
      : search.state === "searching"
        ? t("searching")
        : isEmpty
          ? t("nothing", { query })
          : undefined;
  return { groups: groups as { title: string; commands: Command[] }[], note };
}

function useActions(onKeys: () => void): Command[] {
  const t = useTranslations("common.command");
  const { setTheme, resolvedTheme } = useTheme();
  const isDark = resolvedTheme === "dark";
  return [
    {
      id: "theme",
      label: isDark ? t("themeLight") : t("themeDark"),
      run: () => setTheme(isDark ? "light" : "dark"),
    },
    { id: "keys", label: t("keysTitle"), detail: "?", run: onKeys },
    { id: "sign-out", label: t("signOut"), run: () => void signOutHere() },
  ];
}

function useSearch(query: string, path: `/api/v1/${string}`): Search {
  const [search, setSearch] = useState<Search>({ state: "idle" });
  const wanted = query.trim();
  useEffect(() => {
    if (wanted.length < 2) return setSearch({ state: "idle" });
    const abort = new AbortController();
    setSearch({ state: "searching" });
    const timer = setTimeout(async () => {
      const address = `${path}?q=${encodeURIComponent(wanted)}` as const;
      const answer = await callApi<Found>("GET", address, undefined, abort.signal);
      if (abort.signal.aborted) return;
      setSearch(answer.ok ? { state: "found", ...answer.value } : { state: "failed" });
    }, 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted, path]);
  return search;
}

function toCommand(item: Found["items"][number], index: number): Command {
  const detail = [item.kind, item.detail].filter(Boolean).join(" · ");
  return { id: `found-${index}`, label: item.label, detail, href: item.href };
}
