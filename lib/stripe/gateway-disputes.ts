import { ask, askForOne } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

type Place = {
  /** The connected account the payment was made on; empty for the platform's own. */
  account: string;
  disputeId: string;
};
export type EvidenceRequest = Place & {
  evidence: Record<string, string>;
  compliance: "visa_compliance" | "mastercard_compliance" | null;
  answerId: string;
  key: string;
};

/** The calls about what cardholders' banks take back. */
export function disputeCalls(stripe: StripeClient) {
  return {
    /** Hands Stripe a document, for evidence alone. */
    uploadEvidence(file: { account: string; name: string; type: string; bytes: Uint8Array }) {
      return ask(async () => {
        const { account, name, type, bytes } = file;
        const data = Buffer.from(bytes);
        const { id } = await stripe.files.create(
          { purpose: "dispute_evidence", file: { name, type, data } },
          at(account),
        );
        return { fileId: id };
      });
    },

    /** Hands the evidence to the bank. It is not told of anything after that. */
    submitEvidence(request: EvidenceRequest) {
      return ask(async () => {
        const { account, disputeId, evidence, compliance, answerId, key } = request;
        const enhanced = compliance && {
          enhanced_evidence: { [compliance]: { fee_acknowledged: true } },
        };
        await stripe.disputes.update(
          disputeId,
          {
            evidence: { ...evidence, ...enhanced },
            metadata: { lockstep_answer: answerId },
            submit: true,
          },
          { ...at(account), idempotencyKey: key },
        );
      });
    },

    /** Gives a dispute up: it is lost, and an inquiry closed. */
    closeDispute({ account, disputeId, key }: Place & { key: string }) {
      return ask(async () => {
        await stripe.disputes.close(disputeId, {}, { ...at(account), idempotencyKey: key });
      });
    },

    /** Whether it is over, and which answer of ours Stripe has taken; null where there is none. */
    findDisputeStanding(disputeId: string, account: string) {
      return askForOne(async () => {
        const {
          status,
          metadata,
          evidence_details: details,
        } = await stripe.disputes.retrieve(...([disputeId, {}, at(account)] as const));
        const isSubmitted = details.submission_count > 0;
        return {
          isClosed: status === "lost" || status === "warning_closed",
          answerId: isSubmitted ? (metadata.lockstep_answer ?? null) : null,
        };
      });
    },
  };
}

function at(account: string): { stripeAccount?: string } {
  return account ? { stripeAccount: account } : {};
}
