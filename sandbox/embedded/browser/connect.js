// The stand-in for Connect.js. A page loads it before `@stripe/connect-js`, which then uses the
// `window.StripeConnect` it finds and fetches nothing. Each element is a frame of the local Stripe.
(() => {
  const { origin } = new URL(document.currentScript.src);
  const prefix = "stripe-connect-";

  // What each element may be told, beside what all of them may.
  const settersOf = {
    "account-onboarding": [
      "setFullTermsOfServiceUrl",
      "setRecipientTermsOfServiceUrl",
      "setPrivacyPolicyUrl",
      "setSkipTermsOfServiceCollection",
      "setCollectionOptions",
      "setOnExit",
      "setOnStepChange",
    ],
    "account-management": ["setCollectionOptions", "setOnSectionOpen"],
    "notification-banner": ["setCollectionOptions", "setOnNotificationsChange"],
    "instant-payouts-promotion": [
      "setOnInstantPayoutsPromotionLoaded",
      "setOnInstantPayoutCreated",
    ],
    "issuing-card": [
      "setDefaultCard",
      "setCardSwitching",
      "setFetchEphemeralKey",
      "setShowSpendControls",
    ],
    "issuing-cards-list": ["setFetchEphemeralKey", "setShowSpendControls", "setIssuingProgram"],
    "financial-account": ["setFinancialAccount"],
    "financial-account-transactions": ["setFinancialAccount"],
    payments: ["setDefaultFilters"],
    "payment-details": ["setPayment", "setOnClose"],
    "payment-disputes": ["setPayment", "setOnDisputesLoaded"],
    "tax-settings": [
      "setHideProductTaxCodeSelector",
      "setDisplayHeadOfficeCountries",
      "setOnTaxSettingsUpdated",
    ],
    "tax-registrations": [
      "setOnAfterTaxRegistrationAdded",
      "setDisplayCountries",
      "setOnAfterTaxRegistrationExpired",
    ],
    "payout-details": ["setPayout", "setOnClose"],
    "payout-reconciliation-report": ["setOnReportAvailabilityLoaded"],
    "disputes-list": [],
    payouts: [],
    "payouts-list": [],
    balances: [],
    documents: [],
    "balance-report": [],
  };

  class LoadError extends Error {
    constructor(type, message) {
      super(message);
      this.type = type;
    }
  }

  // One account session serves every element; it is exchanged once, and anew when it has expired.
  function createConnector(options) {
    let claimed;
    let eager = options.metaOptions?.eagerClientSecretPromise;
    const fetchSecret = () => {
      const secret = eager ?? options.fetchClientSecret();
      eager = undefined;
      return secret;
    };
    const exchange = async () => {
      let secret;
      try {
        secret = await fetchSecret();
      } catch (error) {
        throw new LoadError("account_session_create_error", String(error?.message ?? error));
      }
      const answer = await fetch(`${origin}/embedded/claim`, {
        method: "POST",
        body: JSON.stringify({ client_secret: secret, publishable_key: options.publishableKey }),
      }).catch(() => {
        throw new LoadError("api_connection_error", "The local Stripe cannot be reached.");
      });
      const body = await answer.json();
      if (!answer.ok) throw new LoadError("authentication_error", body.error.message);
      return body;
    };
    const connector = {
      elements: new Set(),
      look: { appearance: options.appearance, locale: options.locale },
      claim() {
        claimed ??= exchange().catch((error) => {
          claimed = undefined;
          throw error;
        });
        return claimed;
      },
      renew() {
        claimed = undefined;
        for (const element of connector.elements) element.reload();
      },
      update(changes) {
        connector.look = { ...connector.look, ...changes };
        for (const element of connector.elements) element.dress();
      },
      async logout() {
        claimed = undefined;
        for (const element of connector.elements) element.clear();
      },
    };
    return connector;
  }

  const hidden = new WeakMap();
  const of = (element) => {
    if (!hidden.has(element)) hidden.set(element, { told: {}, listeners: {} });
    return hidden.get(element);
  };

  function defineElement(name) {
    class ConnectElement extends HTMLElement {
      setConnector(connector) {
        of(this).connector = connector;
        connector.elements.add(this);
        if (this.isConnected) this.open();
      }

      connectedCallback() {
        const state = of(this);
        state.hear ??= (message) => this.hear(message);
        addEventListener("message", state.hear);
        state.connector?.elements.add(this);
        this.open();
      }

      disconnectedCallback() {
        const { connector, hear } = of(this);
        removeEventListener("message", hear);
        connector?.elements.delete(this);
        this.clear();
      }

      async open() {
        const state = of(this);
        if (!state.connector || state.frame || state.isOpening) return;
        state.isOpening = true;
        await null; // The loader tells an element all it was told right after connecting it.
        this.call("LoaderStart", { elementTagName: `${prefix}${name}` });
        try {
          const { token, components } = await state.connector.claim();
          if (!components[name.replaceAll("-", "_")]?.enabled) {
            throw new LoadError(
              "invalid_request_error",
              `The account session does not enable the component ${name}.`,
            );
          }
          if (this.isConnected && !state.frame) this.mount(token);
        } catch (error) {
          this.fail(error);
        } finally {
          state.isOpening = false;
        }
      }

      mount(token) {
        const state = of(this);
        const frame = document.createElement("iframe");
        const told = Object.entries(state.told).filter(([, value]) => value !== undefined);
        const query = new URLSearchParams(
          told.map(([key, value]) => [
            key,
            typeof value === "object" ? JSON.stringify(value) : String(value),
          ]),
        );
        frame.src = `${origin}/embedded/${token}/${name}?${query}`;
        frame.title = name.replaceAll("-", " ");
        Object.assign(frame.style, { border: "0", width: "100%", height: "0", display: "block" });
        state.frame = frame;
        this.style.display ||= "block";
        this.replaceChildren(frame);
      }

      hear({ data, origin: from, source }) {
        const state = of(this);
        if (from !== origin || !state.frame || source !== state.frame.contentWindow) return;
        if (data?.source !== "local-stripe") return;
        if (data.height !== undefined) state.frame.style.height = `${Math.ceil(data.height)}px`;
        if (data.ready) this.dress();
        if (data.expired) state.connector.renew();
        for (const [event, detail] of data.events ?? []) this.call(event, detail);
      }

      dress() {
        const { frame, connector } = of(this);
        frame?.contentWindow?.postMessage({ source: "local-stripe", ...connector.look }, origin);
      }

      call(event, detail) {
        of(this).listeners[event]?.(detail);
      }

      fail({ type = "api_error", message }) {
        const note = document.createElement("p");
        note.setAttribute("role", "alert");
        note.textContent = `This part could not be loaded: ${message}`;
        this.replaceChildren(note);
        this.call("LoadError", {
          error: { type, message },
          elementTagName: `${prefix}${name}`,
        });
      }

      clear() {
        of(this).frame = undefined;
        this.replaceChildren();
      }

      reload() {
        this.clear();
        this.open();
      }
    }

    for (const setter of [...settersOf[name], "setOnLoadError", "setOnLoaderStart"]) {
      ConnectElement.prototype[`${setter}InternalOnly`] = function tell(value) {
        const state = of(this);
        if (setter.startsWith("setOn")) {
          state.listeners[setter.slice("setOn".length)] = value;
          return;
        }
        const key = setter[3].toLowerCase() + setter.slice(4);
        if (state.told[key] === value || typeof value === "function") return;
        state.told[key] = value;
        if (state.frame) this.reload();
      };
    }
    customElements.define(`${prefix}${name}`, ConnectElement);
  }

  for (const name of Object.keys(settersOf)) {
    if (!customElements.get(`${prefix}${name}`)) defineElement(name);
  }

  window.StripeConnect = {
    ...window.StripeConnect,
    init(options) {
      if (!/^pk_test_/.test(options?.publishableKey ?? "")) {
        throw new Error("The local Stripe takes a publishable key like pk_test_….");
      }
      if (typeof options.fetchClientSecret !== "function") {
        throw new Error("fetchClientSecret must be a function that returns a client secret.");
      }
      const connector = createConnector(options);
      return { connect: connector, update: connector.update, logout: connector.logout };
    },
  };
})();
