import { paidFor, type DemoItem } from "../catalog.ts";
import { minorDigits } from "../../../src/core/primitives/money.ts";

const AVAILABILITY: { readonly [state: string]: string } = {
  in_stock: "InStock",
  preorder: "PreOrder",
  backorder: "BackOrder",
  out_of_stock: "OutOfStock",
};

/** The product as schema.org says it, for search engines and for the snippet. Set as text: JSON-LD is never parsed as markup. */
export function productJsonLd(item: DemoItem): HTMLScriptElement {
  const paid = paidFor(item);
  const script = document.createElement("script");
  script.type = "application/ld+json";
  script.textContent = JSON.stringify({
    "@context": "https://schema.org",
    "@type": "Product",
    productID: item.id,
    sku: item.sku,
    gtin13: item.gtin,
    name: item.title,
    description: item.description,
    category: item.type,
    image: new URL(item.image!, location.href).href,
    url: new URL(item.url!, location.href).href,
    brand: { "@type": "Brand", name: item.brand },
    offers: {
      "@type": "Offer",
      price: (paid.minor / 10 ** minorDigits(paid.currency)).toFixed(minorDigits(paid.currency)),
      priceCurrency: paid.currency,
      availability: `https://schema.org/${AVAILABILITY[item.availability]}`,
    },
  });
  return script;
}
