/** Whether JSON-LD speaks of a product. What cannot be parsed speaks of nothing: the snippet did not count it either. */
function speaksOfProduct(text: string): boolean {
  try {
    return /"@type":(\[[^\]]*)?"[^",]*\bProduct"/.test(JSON.stringify(JSON.parse(text)));
  } catch {
    return false;
  }
}

/** Whether the page itself says which product it is about: the snippet has counted that already. */
export const isProductTold = (): boolean =>
  [...document.querySelectorAll('[data-concierge-item],[type="application/ld+json"]')].some(
    (element) => element.tagName != "SCRIPT" || speaksOfProduct(element.textContent!),
  );
