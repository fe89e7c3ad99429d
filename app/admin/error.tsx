"use client";

import { PageError } from "#components/page-error";

export default function AdminError(props: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <PageError home="/admin" {...props} />;
}
