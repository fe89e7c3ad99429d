import { getTranslations } from "next-intl/server";
import { renderSVG } from "uqr";
import { CopyAddress } from "#components/selling/link-actions";
import { Card } from "#components/ui/card";
import { buttonStyle } from "#components/ui/link-button";

/** The address of a link to copy, and as a code to print. */
export async function ShareCard({ address, name }: { address: string; name: string }) {
  const t = await getTranslations("selling.links");
  const drawn = encodeURIComponent(renderSVG(address, { border: 2 }));
  const picture = `data:image/svg+xml;utf8,${drawn}`;
  return (
    <Card title={t("share")}>
      <div className="grid justify-items-start gap-3">
        <a href={address} className="max-w-full break-all text-link hover:underline">
          {address}
        </a>
        {/* biome-ignore lint/performance/noImgElement: it is drawn here, not loaded */}
        <img
          src={picture}
          alt={t("qr", { address })}
          width={176}
          height={176}
          className="rounded-md border border-border bg-white"
        />
        <div className="flex flex-wrap gap-2">
          <CopyAddress address={address} />
          <a href={picture} download={`${name}.svg`} className={buttonStyle("secondary", "sm")}>
            {t("download")}
          </a>
        </div>
      </div>
    </Card>
  );
}
