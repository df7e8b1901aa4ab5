/** Whether the page itself says which product it is about: the snippet has counted that already. */
export const isProductTold = (): boolean =>
  [...document.querySelectorAll('[data-concierge-item],[type="application/ld+json"]')].some(
    (element) => element.tagName != "SCRIPT" || /"Product/.test(element.textContent!),
  );
