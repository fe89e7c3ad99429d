import { useTranslations } from "next-intl";
import { Initials } from "#components/shell/initials";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import type { TenantOverview } from "#lib/overview/get-tenant-overview";

type Props = { slug: string; members: TenantOverview["members"]; myEmail: string };

export function TeamCard({ slug, members: { rows, count, pending }, myEmail }: Props) {
  const t = useTranslations("tenant.overview.team");
  const role = useTranslations("tenant.roles");
  const others = count - rows.length;
  return (
    <Card title={t("title")} action={<TextLink href={`/${slug}/team`}>{t("open")}</TextLink>}>
      <ul className="grid gap-2.5">
        {rows.map((member) => (
          <li key={member.id} className="flex items-center gap-2.5">
            <Initials of={member.name} round />
            <span className="min-w-0 flex-1 truncate">
              {member.name}
              {member.email === myEmail && <span className="text-muted"> ({t("you")})</span>}
            </span>
            <span className="text-xs text-muted">{role(member.role)}</span>
          </li>
        ))}
      </ul>
      {(others > 0 || pending > 0) && (
        <p className="mt-3 text-xs text-muted">
          {others > 0 && t("more", { count: others })}{" "}
          {pending > 0 && t("pending", { count: pending })}
        </p>
      )}
    </Card>
  );
}
