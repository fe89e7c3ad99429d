"use client";

import { useParams } from "next/navigation";
import { PageError } from "#components/page-error";

export default function TenantError(props: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const { tenant } = useParams<{ tenant: string }>();
  return <PageError home={`/${tenant}`} {...props} />;
}
