import { useTranslations } from "next-intl";
import { CodeBlock } from "#components/developers/code-block";
import { receiverCode } from "#components/developers/receiver-code";
import { Card } from "#components/ui/card";

/** How a receiver knows that a message is ours. */
export function VerifySnippet() {
  const t = useTranslations("developers.verify");
  return (
    <Card title={t("title")}>
      <div className="grid grid-cols-1 gap-3">
        <p className="text-muted">{t("body")}</p>
        <CodeBlock label={t("label")} text={receiverCode} />
      </div>
    </Card>
  );
}
