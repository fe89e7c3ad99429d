"use client";

import Link from "next/link";
import { useId, useState } from "react";
import { MethodTag } from "#components/reference/method";
import type { Method } from "#lib/web/api-operation";

/** An operation as the search knows it. */
export type Findable = { href: string; method: Method; path: string; summary: string };

type Words = { label: string; hint: string; found: Readonly<Record<number, string>> };

const mostShown = 12;

/** Finds an operation by what it does or where it is. Every word must be there. */
export function FindOperation({ all, words }: { all: readonly Findable[]; words: Words }) {
  const [typed, setTyped] = useState("");
  const id = useId();
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = wanted.length === 0 ? [] : all.filter((one) => isMatch(one, wanted));
  return (
    <search className="block max-w-xl">
      <label htmlFor={id} className="sr-only">
        {words.label}
      </label>
      <input
        id={id}
        type="search"
        value={typed}
        placeholder={words.hint}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
        className="h-10 w-full rounded-lg border border-border bg-surface px-3 placeholder:text-muted"
      />
      <p role="status" className="mt-1 min-h-5 text-xs text-muted">
        {wanted.length > 0 && words.found[found.length]}
      </p>
      {found.length > 0 && (
        <ul className="divide-y divide-separator rounded-lg border border-border bg-surface">
          {found.slice(0, mostShown).map(({ href, method, path, summary }) => (
            <li key={href}>
              <Link href={href} className="block px-3 py-2 -outline-offset-2 hover:bg-default">
                <span className="block font-medium">{summary}</span>
                <span className="flex items-center gap-2">
                  <MethodTag of={method} />
                  <span className="min-w-0 font-mono text-xs break-all text-muted">{path}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}

function isMatch({ summary, path, method }: Findable, wanted: readonly string[]): boolean {
  const text = `${summary} ${path} ${method}`.toLowerCase();
  return wanted.every((word) => text.includes(word));
}
