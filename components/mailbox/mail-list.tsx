import Link from "next/link";
import { useTranslations } from "next-intl";
import { Moment } from "#components/ui/moment";
import type { KeptMail } from "#lib/mail/list-mails";

/** The mails, newest first. On a phone it makes way for the one that is open. */
export function MailList(props: { mails: readonly KeptMail[]; openId: string | undefined }) {
  const t = useTranslations("auth.mailbox");
  const { mails, openId } = props;
  return (
    <nav
      aria-label={t("list")}
      className={`overflow-hidden rounded-lg border border-border bg-surface ${openId ? "max-md:hidden" : ""}`}
    >
      <ul>
        {mails.map(({ id, subject, to, createdAt }) => (
          <li key={id} className="border-b border-separator last:border-b-0">
            <Link
              href={`/mailbox?mail=${id}`}
              aria-current={id === openId ? "page" : undefined}
              className="block px-3 py-2.5 -outline-offset-2 hover:bg-default/40 aria-[current=page]:bg-default"
            >
              <span className="block truncate font-medium">{subject}</span>
              <span className="flex justify-between gap-3 text-xs text-muted">
                <span className="truncate">{to}</span>
                <Moment at={createdAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
