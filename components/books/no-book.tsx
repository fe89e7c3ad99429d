import { BookOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";

/** Before the first money moved: what will be here. */
export function NoBook() {
  const t = useTranslations("books.empty");
  return (
    <Card>
      <EmptyState icon={<BookOpen />} title={t("title")}>
        {t("body")}
      </EmptyState>
    </Card>
  );
}
