import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { KeptMail } from "#lib/mail/list-mails";

const address = /(https?:\/\/\S+)/;

type Props = {
  mail: KeptMail & { readonly html: string; readonly text: string };
  as: "html" | "text";
};

/** One mail, as sent or as its plain twin. */
export function MailView({ mail, as }: Props) {
  const t = useTranslations("auth.mailbox");
  return (
    <Card flush>
      <div className="flex flex-wrap items-start justify-between gap-3 border-b border-separator p-4">
        <div className="min-w-0">
          <p className="mb-2 text-xs md:hidden">
            <TextLink href="/mailbox">{t("back")}</TextLink>
          </p>
          <h2 className="font-semibold">{mail.subject}</h2>
          <p className="text-xs text-muted">
            {t("to")} {mail.to}, <Moment at={mail.createdAt} />
          </p>
        </div>
        <Forms mailId={mail.id} as={as} />
      </div>
      {as === "text" ? (
        <pre className="p-4 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
          {mail.text.split(address).map((part) =>
            address.test(part) ? (
              <a key={part} href={part} className="text-link underline">
                {part}
              </a>
            ) : (
              part
            ),
          )}
        </pre>
      ) : (
        <iframe
          title={t("content")}
          // No script and no origin: a mail is somebody else's page. Its links open beside this.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={mail.html}
          className="h-[36rem] w-full rounded-b-lg bg-white"
        />
      )}
    </Card>
  );
}

function Forms({ mailId, as }: { mailId: string; as: Props["as"] }) {
  const t = useTranslations("auth.mailbox");
  return (
    <nav aria-label={t("view")} className="flex rounded-lg border border-field-border p-0.5">
      {(["html", "text"] as const).map((form) => (
        <Link
          key={form}
          href={`/mailbox?mail=${mailId}&as=${form}`}
          aria-current={form === as ? "page" : undefined}
          className="flex h-7 items-center rounded-sm px-2.5 text-xs text-muted aria-[current=page]:bg-default aria-[current=page]:font-medium aria-[current=page]:text-foreground"
        >
          {t(form)}
        </Link>
      ))}
    </nav>
  );
}
