"use client";

import { Form as HeroForm } from "@heroui/react/form";
import { useRouter } from "next/navigation";
import { createContext, useContext, useEffect, useRef } from "react";
import { Button } from "#components/ui/button";
import { FormErrors } from "#components/ui/form-errors";
import { type ApiPath, useSubmit, type WriteMethod } from "#components/ui/use-submit";
import type { Problem } from "#lib/web/call-api";

type Props<T> = {
  path: ApiPath;
  method?: WriteMethod;
  /** Sent along with the fields. */
  values?: Readonly<Record<string, unknown>>;
  /** Turns the fields, all text, into what the API takes. */
  toBody?: (fields: Record<string, string>) => unknown;
  onDone?: (answer: T, fields: Record<string, string>) => void | Promise<void>;
  /** Where to go once done. */
  goTo?: string;
  /** Show the page's new state once done. */
  refresh?: boolean;
  className?: string;
  children: React.ReactNode;
};

const Pending = createContext(false);

/**
 * A form that writes to our API. What the server says of a field lands on the field and takes the
 * focus; anything else it says stands above the fields.
 */
export function Form<T = unknown>({
  path,
  method = "POST",
  className,
  children,
  ...rest
}: Props<T>) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef<Record<string, string>>({});
  const { submit, isPending, problem, fieldErrors } = useSubmit<T>({
    method,
    path,
    onDone: async (answer) => {
      await rest.onDone?.(answer, sent.current);
      if (rest.goTo) router.push(rest.goTo);
      if (rest.refresh) router.refresh();
    },
  });
  useFocusOnProblem(form, problem, fieldErrors);

  const onSubmit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    sent.current = fieldsOf(event.currentTarget);
    void submit({ ...(rest.toBody?.(sent.current) ?? sent.current), ...rest.values });
  };
  return (
    <HeroForm
      ref={form}
      // A form sent before its script is there must not put a password into the address.
      method="post"
      validationErrors={fieldErrors}
      onSubmit={onSubmit}
      className={className ?? "grid gap-4"}
    >
      <ProblemAlert problem={problem} fields={form.current} fieldErrors={fieldErrors} />
      <FormErrors value={fieldErrors}>
        <Pending value={isPending}>
          <Settling>{children}</Settling>
        </Pending>
      </FormErrors>
    </HeroForm>
  );
}

/**
 * An error goes as soon as it is mended, not when the field is left: a button that moves up as an
 * error disappears is missed by the very click that made it move.
 */
export function Settling({ children }: { children: React.ReactNode }) {
  const settle = ({ target }: React.FormEvent) => {
    const isText = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (!isText || target.getAttribute("aria-invalid") !== "true") return;
    // React Aria looks again at a native change event, once the new value is rendered.
    setTimeout(() => target.dispatchEvent(new Event("change", { bubbles: true })));
  };
  return (
    <div onInput={settle} className="contents">
      {children}
    </div>
  );
}

/** Sends the form it stands in. */
export function SubmitButton(props: {
  variant?: "primary" | "secondary" | "danger";
  size?: "sm" | "md" | "lg";
  fullWidth?: boolean;
  isDisabled?: boolean;
  children: React.ReactNode;
}) {
  return <Button type="submit" isPending={useContext(Pending)} {...props} />;
}

/** What went wrong, unless a field already says it. */
export function ProblemAlert(props: {
  problem: Problem | undefined;
  fields?: HTMLFormElement | null;
  fieldErrors?: Readonly<Record<string, string>>;
}) {
  const { problem, fields, fieldErrors = {} } = props;
  if (!problem) return null;
  const names = Object.keys(fieldErrors);
  const isSaidByFields =
    names.length > 0 && names.every((name) => fields?.elements.namedItem(name));
  if (isSaidByFields) return null;
  return (
    <div role="alert" className="rounded-lg border border-danger/40 bg-danger-soft px-3 py-2">
      {names.length > 0 ? Object.values(fieldErrors).join(" ") : problem.detail}
    </div>
  );
}

function useFocusOnProblem(
  form: React.RefObject<HTMLFormElement | null>,
  problem: Problem | undefined,
  fieldErrors: Readonly<Record<string, string>>,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer of the server
  useEffect(() => {
    if (!problem || !form.current) return;
    for (const element of form.current.elements) {
      const isField = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
      if (isField && Object.hasOwn(fieldErrors, element.name)) {
        element.focus();
        return;
      }
    }
  }, [problem]);
}

function fieldsOf(form: HTMLFormElement): Record<string, string> {
  const entries = [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}
