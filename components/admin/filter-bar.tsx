"use client";

import { SearchField } from "@heroui/react/search-field";
import { ChevronDown, SlidersHorizontal } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button";
import { useAddress } from "#components/ui/use-address";

export type TextFilter = { readonly name: string; readonly label: string };
export type ChoiceFilter = {
  readonly name: string;
  readonly label: string;
  /** The word for no choice: "Any plan". */
  readonly any: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
};

type Fields = {
  texts?: readonly TextFilter[];
  choices?: readonly ChoiceFilter[];
  /** An instant of UTC, to the minute. */
  instants?: readonly TextFilter[];
};
/** `more` are the filters that are wanted seldom: behind a button, unless one of them is set. */
type Props = Fields & { more?: Fields };

const typingMs = 300;
const any = "any";

/** Filters of a list. The server does the filtering; the address holds every choice. */
export function FilterBar({ more, ...fields }: Props) {
  const search = useSearchParams();
  const { set, isPending } = useAddress();
  const hidden = namesOf(more ?? {});
  const names = [...namesOf(fields), ...hidden];
  const [isOpen, setOpen] = useState(() => hidden.some((name) => search.has(name)));
  return (
    <search aria-label="Filters" aria-busy={isPending} className="grid gap-2 p-3">
      <div className="flex flex-wrap items-center gap-2">
        <FilterFields {...fields} search={search} set={set} />
        {more && (
          <Button
            variant="secondary"
            size="sm"
            aria-expanded={isOpen}
            onPress={() => setOpen(!isOpen)}
          >
            <SlidersHorizontal aria-hidden className="size-3.5" /> More filters
          </Button>
        )}
        {names.some((name) => search.has(name)) && (
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
      </div>
      {more && isOpen && (
        <div className="flex flex-wrap items-center gap-2">
          <FilterFields {...more} search={search} set={set} />
        </div>
      )}
    </search>
  );
}

function namesOf({ texts = [], choices = [], instants = [] }: Fields): string[] {
  return [...texts, ...choices, ...instants].map(({ name }) => name);
}

type Reins = {
  search: { get(name: string): string | null };
  set(changes: Readonly<Record<string, string>>): void;
};

function FilterFields({ texts = [], choices = [], instants = [], search, set }: Fields & Reins) {
  return (
    <>
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
      {instants.map(({ name, label }) => (
        <InstantFilter
          key={name}
          label={label}
          value={search.get(name) ?? ""}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
    </>
  );
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

/** An instant counts once it is left: while it is typed, each of its parts would be one. */
function InstantFilter({ label, value, onChange }: OneProps) {
  const shown = value.slice(0, 16);
  return (
    <label className="flex items-center gap-2 text-xs text-muted max-sm:flex-1 max-sm:basis-full max-sm:justify-between">
      {label}
      <input
        // What the address says replaces what was typed.
        key={shown}
        type="datetime-local"
        defaultValue={shown}
        onBlur={(event) => {
          if (event.target.value !== shown) onChange(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
        className="input input--primary h-9 px-2 text-base text-foreground tabular-nums sm:text-sm"
      />
    </label>
  );
}
