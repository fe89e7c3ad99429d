"use client";

import { Modal } from "@heroui/react/modal";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { AddressesField } from "#components/team/addresses-field";
import { readAddresses } from "#components/team/read-addresses";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { useSubmit } from "#components/ui/use-submit";
import type { TenantRole } from "#lib/tenancy/permissions";

const most = 20;

type Made = { readonly email: string };

type Props = {
  slug: string;
  roles: readonly TenantRole[];
  seatNote: string | undefined;
  onClose: () => void;
};

/** Several addresses, one role, all invited or none. */
export function InviteForm({ slug, roles, seatNote, onClose }: Props) {
  const t = useTranslations("tenant");
  const [text, setText] = useState("");
  const [role, setRole] = useState<TenantRole>("member");
  const [fault, setFault] = useState<string>();
  const [sent, setSent] = useState<readonly Made[]>();
  const router = useRouter();
  const { submit, isPending, problem } = useSubmit<Made[]>({
    path: `/api/v1/tenants/${slug}/invitations`,
    onDone: (made) => {
      setSent(made);
      router.refresh();
    },
  });
  const faultOf = useFault();
  const { addresses } = readAddresses(text);

  const send = (event: React.FormEvent) => {
    event.preventDefault();
    const found = faultOf(text);
    setFault(found);
    if (found === undefined) {
      void submit({ invitations: addresses.map((email) => ({ email, role })) });
    }
  };
  if (sent) return <Sent made={sent} onClose={onClose} />;
  return (
    <form method="post" onSubmit={send} noValidate>
      <Modal.Body>
        <div className="grid gap-4 p-0.5 pt-2">
          <AddressesField
            label={t("invite.emails")}
            help={t("invite.emailsHelp")}
            value={text}
            fault={fault}
            onChange={(value) => {
              setText(value);
              setFault(undefined);
            }}
          />
          <Select
            name="role"
            label={t("invite.role")}
            value={role}
            onChange={(value) => setRole(value as TenantRole)}
            options={roles.map((one) => ({
              value: one,
              label: t(`roles.${one}`),
              description: t(`roleMeans.${one}`),
            }))}
            description={t("invite.roleHelp")}
          />
          <p className="text-xs text-muted">
            {t("invite.effect")} {seatNote}
          </p>
          <ProblemAlert problem={problem} />
        </div>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="secondary" onPress={onClose}>
          {t("invite.cancel")}
        </Button>
        <Button type="submit" isPending={isPending}>
          {t("invite.send", { count: addresses.length })}
        </Button>
      </Modal.Footer>
    </form>
  );
}

function Sent({ made, onClose }: { made: readonly Made[]; onClose: () => void }) {
  const t = useTranslations("tenant.invite");
  const format = useFormatter();
  const list = format.list(made.map(({ email }) => email));
  return (
    <>
      <Modal.Body>
        <p role="status" className="break-words">
          {t("sent", { count: made.length, list })}
        </p>
      </Modal.Body>
      <Modal.Footer>
        <Button onPress={onClose}>{t("done")}</Button>
      </Modal.Footer>
    </>
  );
}

/** What is wrong with the addresses as typed, in words, or nothing. */
function useFault(): (text: string) => string | undefined {
  const t = useTranslations("tenant.invite");
  return (text) => {
    const { addresses, bad } = readAddresses(text);
    if (bad.length > 0) return t("emailsBad", { count: bad.length, list: bad.join(", ") });
    if (addresses.length === 0) return t("emailsNone");
    return addresses.length > most ? t("emailsMany", { count: addresses.length }) : undefined;
  };
}
