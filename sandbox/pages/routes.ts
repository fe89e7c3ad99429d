import { Hono } from "hono";
import { embeddedFrames } from "#sandbox/embedded/frames";
import type { Engine } from "#sandbox/engine";
import { authenticatePages } from "#sandbox/pages/authenticate";
import { checkoutPages } from "#sandbox/pages/checkout";
import { embeddedScript } from "#sandbox/pages/embedded";
import { expressPages } from "#sandbox/pages/express";
import { fileLinkPages } from "#sandbox/pages/file-link";
import { invoicePages } from "#sandbox/pages/invoice";
import { stylesheet } from "#sandbox/pages/layout";
import { onboardingPages } from "#sandbox/pages/onboarding";
import { paymentLinkPages } from "#sandbox/pages/payment-link";
import { portalPages } from "#sandbox/pages/portal";
import { receiptPages } from "#sandbox/pages/receipt";
import { setUpPages } from "#sandbox/pages/set-up";
import { stripeJsPages } from "#sandbox/stripe-js/pages";

/** The pages a person opens. They act through the same functions as the API. */
export function pageRoutes(engine: Engine): Hono {
  const pages = new Hono();
  pages.get("/_page/page.css", (context) =>
    context.body(stylesheet, 200, { "content-type": "text/css; charset=utf-8" }),
  );
  pages.get("/_page/embedded.js", (context) =>
    context.body(embeddedScript, 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
  pages.route("/", embeddedFrames(engine));
  pages.route("/", stripeJsPages(engine));
  pages.route("/", checkoutPages(engine));
  pages.route("/", authenticatePages(engine));
  pages.route("/", expressPages(engine));
  pages.route("/", fileLinkPages(engine));
  pages.route("/", invoicePages(engine));
  pages.route("/", onboardingPages(engine));
  pages.route("/", portalPages(engine));
  pages.route("/", setUpPages(engine));
  pages.route("/", paymentLinkPages(engine));
  pages.route("/", receiptPages(engine));
  return pages;
}
