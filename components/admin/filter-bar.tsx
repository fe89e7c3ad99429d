"use client";

import { SearchField } from "@heroui/react/search-field";
import { ChevronDown } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { Button } from "#components/ui/button";

export type TextFilter = { readonly name: string; readonly label: string };
export type ChoiceFilter = {
  readonly name: string;
  readonly label: string;
  /** The word for no choice: "Any plan". */
  readonly any: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
};

type Props = { texts?: readonly TextFilter[]; choices?: readonly ChoiceFilter[] };

const typingMs = 300;
const any = "any";

/** Filters of a list. The server does the filtering; the address holds every choice. */
export function FilterBar({ texts = [], choices = [] }: Props) {
  const search = useSearchParams();
  const { set, isPending } = useAddress();
  const names = [...texts, ...choices].map(({ name }) => name);
  const isFiltered = names.some((name) => search.has(name));
  return (
    <search
      aria-label="Filters"
      aria-busy={isPending}
      className="flex flex-wrap items-center gap-2 p-3"
    >
      {texts.map(({ name, label }) => (
        <TypedFilter
          key={name}
          label={label}
          value={search.get(name) ?? ""}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
      {choices.map((choice) => (
        <ChosenFilter
          key={choice.name}
          {...choice}
          value={search.get(choice.name) ?? any}
          onChange={(value) => set({ [choice.name]: value === any ? "" : value })}
        />
      ))}
      {isFiltered && (
        <Button
          variant="ghost"
          size="sm"
          onPress={() => set(Object.fromEntries(names.map((name) => [name, ""])))}
        >
          Clear
        </Button>
      )}
      <span role="status" className={isPending ? "text-xs text-muted" : "sr-only"}>
        {isPending ? "Searching" : ""}
      </span>
    </search>
  );
}

/** Changes parts of the address in place; empty takes one out. A new filter begins at page one. */
function useAddress() {
  const router = useRouter();
  const path = usePathname();
  const [isPending, startTransition] = useTransition();
  const set = (changes: Readonly<Record<string, string>>) => {
    // As it is now, not as it was when a delayed search was typed.
    const params = new URLSearchParams(window.location.search);
    params.delete("cursor");
    for (const [name, value] of Object.entries(changes)) {
      if (value) params.set(name, value);
      else params.delete(name);
    }
    const address = params.size > 0 ? `${path}?${params}` : path;
    startTransition(() => router.replace(address, { scroll: false }));
  };
  return { set, isPending };
}

type OneProps = { label: string; value: string; onChange: (value: string) => void };

function TypedFilter({ label, value, onChange }: OneProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The address can change from elsewhere: Clear, or the browser's back.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  const send = (typed: string) => {
    clearTimeout(timer.current);
    const wanted = typed.trim();
    if (wanted === sent.current) return;
    sent.current = wanted;
    onChange(wanted);
  };
  return (
    <SearchField
      aria-label={label}
      value={text}
      onChange={(typed) => {
        setText(typed);
        clearTimeout(timer.current);
        timer.current = setTimeout(send, typingMs, typed);
      }}
      onSubmit={send}
      onClear={() => send("")}
      className="min-w-0 flex-1 basis-56 max-sm:basis-full"
    >
      <SearchField.Group>
        <SearchField.SearchIcon />
        <SearchField.Input placeholder={label} maxLength={100} className="min-w-0 flex-1" />
        <SearchField.ClearButton />
      </SearchField.Group>
    </SearchField>
  );
}

/** The browser's own control: it needs no script, and it is at home on a phone. */
function ChosenFilter(props: ChoiceFilter & { value: string; onChange: (value: string) => void }) {
  const options = [{ value: any, label: props.any }, ...props.options];
  return (
    <div className="select relative w-40 max-sm:flex-1 max-sm:basis-32">
      <select
        aria-label={props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className="select__trigger w-full appearance-none pe-8 text-base sm:text-sm"
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 end-2.5 my-auto size-4 text-muted"
      />
    </div>
  );
}
