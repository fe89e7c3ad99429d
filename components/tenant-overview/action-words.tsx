import { useTranslations } from "next-intl";

/** The words for an audited action or a fact, in the reader's language; else those given. */
export function useActionWords(): (action: string, fallback: string) => string {
  const t = useTranslations("tenant.actions");
  return (action, fallback) => {
    const key = action as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : fallback;
  };
}
