import { useTranslations } from "next-intl";
import { useId } from "react";
import { buttonStyle } from "#components/ui/link-button";

type Props = {
  action: string;
  code: string | undefined;
  /** Why the code does nothing, said at the field. */
  problem?: string | undefined;
  /** What the address says besides, which stays as it is. */
  kept?: Readonly<Record<string, string>>;
  isOptional?: boolean;
};

/** A promotion code. A plain form: it asks by address, so nothing is spent by looking. */
export function CodeForm({ action, code, problem, kept = {}, isOptional = false }: Props) {
  const t = useTranslations("changes.discount");
  const said = useId();
  return (
    <form action={action} className="flex flex-wrap items-end gap-2">
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label className="grid min-w-0 flex-1 basis-56 gap-1">
        <span className="font-medium">{t(isOptional ? "codeOptional" : "code")}</span>
        <input
          name="code"
          required={!isOptional}
          maxLength={100}
          defaultValue={code}
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : said}
          className="h-9 rounded-lg border border-field-border bg-field px-3 text-base uppercase outline-none focus-visible:outline-2 focus-visible:outline-focus aria-invalid:border-danger sm:text-sm pointer-coarse:h-11"
        />
      </label>
      <button type="submit" className={buttonStyle("secondary", "md")}>
        {t(isOptional ? "apply" : "show")}
      </button>
      {problem !== undefined && (
        <p id={said} role="alert" className="basis-full text-xs text-danger">
          {problem}
        </p>
      )}
    </form>
  );
}
