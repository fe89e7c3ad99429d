import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { Meter } from "#components/ui/meter";

/** People against the seats that are paid for. */
export function Seats({ people, seats }: { people: number; seats: number }) {
  const t = useTranslations("tenant.team");
  return (
    <Card>
      <Meter
        label={t("seats")}
        value={people}
        max={seats}
        text={t("seatsText", { taken: people, seats })}
      />
      {people > seats && (
        <p className="mt-2 text-xs text-muted">{t("seatsOver", { over: people - seats })}</p>
      )}
    </Card>
  );
}
