import { useTranslations } from "next-intl";
import { browserOf } from "#components/account/browser";
import { SignOutEverywhere, SignOutOne } from "#components/account/sign-out-buttons";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { SignedInBrowser } from "#lib/tenancy/list-sessions";

/** Every browser one is signed in with, and the way to end each. */
export function MySessions({ sessions }: { sessions: readonly SignedInBrowser[] }) {
  const t = useTranslations("auth.account");
  const nameOf = ({ userAgent }: SignedInBrowser) => {
    const { browser, system } = browserOf(userAgent);
    if (browser && system) return t("browserOn", { browser, system });
    return browser ?? system ?? t("unknownBrowser");
  };
  const columns: Column<SignedInBrowser>[] = [
    {
      header: t("browser"),
      cell: (session) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {nameOf(session)}
          {session.isCurrent && <Status of="current">{t("here")}</Status>}
        </span>
      ),
    },
    { header: t("address"), cell: ({ ip }) => ip ?? "–" },
    { header: t("since"), cell: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      header: t("signOutOne"),
      hideHeader: true,
      align: "end",
      cell: (session) =>
        !session.isCurrent && <SignOutOne sessionId={session.id} browser={nameOf(session)} />,
    },
  ];
  return (
    <div className="grid justify-items-start gap-3">
      <Card flush className="w-full">
        <DataTable
          caption={t("sessions")}
          columns={columns}
          rows={sessions}
          rowKey={({ id }) => id}
          empty={null}
        />
      </Card>
      <SignOutEverywhere count={sessions.length} />
    </div>
  );
}
