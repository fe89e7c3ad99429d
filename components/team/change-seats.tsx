"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";

const SeatQuestion = dynamic(
  () => import("#components/team/seat-question").then((part) => part.SeatQuestion),
  { loading: () => null },
);

type Props = { slug: string; bought: number; taken: number; limit: number | null };

/** The button that changes how many seats are paid for, and the question behind it. */
export function ChangeSeats({ slug, ...numbers }: Props) {
  const t = useTranslations("seats.change");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="secondary" onPress={() => setOpen(true)}>
        {t("trigger")}
      </Button>
      {isOpen && (
        <SeatQuestion
          {...numbers}
          slug={slug}
          title={t("title")}
          path={`/api/v1/tenants/${slug}/seats`}
          method="PUT"
          toBody={({ seats, from, asOf }) => ({ seats, from, asOf })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
