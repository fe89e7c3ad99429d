import { useTranslations } from "next-intl";
import { ProductPicture } from "#components/marketing/product-picture";
import { WayIn } from "#components/marketing/way-in";

/** What it is, in one sentence, the way in, and a look at it. */
export function Hero({ isSignedIn }: { isSignedIn: boolean }) {
  const t = useTranslations("marketing.landing");
  return (
    <section className="grid grid-cols-1 gap-10">
      <div className="flex flex-col items-center gap-5 text-center">
        <h1 className="max-w-2xl text-4xl leading-[1.1] font-semibold tracking-tight text-balance sm:text-5xl">
          {t("title")}
        </h1>
        <p className="max-w-xl text-base leading-6 text-pretty text-muted">{t("lead")}</p>
        <WayIn isSignedIn={isSignedIn} />
        <p className="text-xs text-muted">{t("noCard")}</p>
      </div>
      <figure className="min-w-0">
        <ProductPicture label={t("pictureLabel")} />
        <figcaption className="mt-3 text-center text-xs text-muted">{t("pictureNote")}</figcaption>
      </figure>
    </section>
  );
}
