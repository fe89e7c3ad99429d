import { Mail } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { MailList } from "#components/mailbox/mail-list";
import { MailView } from "#components/mailbox/mail-view";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { PageHeader } from "#components/ui/page-header";
import { RefreshEvery } from "#components/ui/refresh-every";
import { Refusal } from "#lib/errors";
import { getMail, listMails } from "#lib/mail/list-mails";
import { publicContext } from "#lib/web/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.mailbox"))("title") };
}

const query = z.object({
  mail: z.string().max(100).optional().catch(undefined),
  as: z.enum(["html", "text"]).catch("html"),
});

export default async function MailboxPage(props: PageProps<"/mailbox">) {
  const t = await getTranslations("auth.mailbox");
  const { mail: mailId, as } = query.parse(await props.searchParams);
  const ctx = await publicContext();
  const mails = await listMails(ctx);
  const mail = mailId ? await getMail(ctx, { mailId }).catch(orNotFound) : undefined;
  return (
    <div className="grid grid-cols-1 gap-5">
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <RefreshEvery seconds={4} />
      {mails.length === 0 ? (
        <Card>
          <EmptyState icon={<Mail />} title={t("empty")}>
            {t("emptyHelp")}
          </EmptyState>
        </Card>
      ) : (
        <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-[18rem_minmax(0,1fr)]">
          <MailList mails={mails} openId={mail?.id} />
          {mail ? (
            <MailView mail={mail} as={as} />
          ) : (
            <Card className="max-md:hidden">
              <EmptyState icon={<Mail />} title={t("pick")} />
            </Card>
          )}
        </div>
      )}
    </div>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof Refusal && error.code === "not_found") notFound();
  throw error;
}
