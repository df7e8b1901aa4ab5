// Each is run in the page, so that none may use anything from out here.

/** Leaves not one character of the storage that the shop and we share. */
export function fill(): void {
  // An empty tab has no storage at all.
  if (location.protocol === "about:") return;
  let size = 1 << 20;
  for (let n = 0; size >= 1; n++)
    try {
      localStorage.setItem(`shop.${n}`, "x".repeat(size));
    } catch {
      size >>= 1;
    }
}

/** Storage that may not even be looked at. */
export const deny = (): void => {
  for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      },
    });
};

/** As an ad-blocker that refuses whatever is a ping. */
export const refuseBeacons = (): void => {
  navigator.sendBeacon = () => false;
};

/** As a browser without `keepalive`: it has nothing but beacons at exit. */
export const forgetKeepalive = (): void => {
  delete (Request.prototype as { keepalive?: boolean }).keepalive;
  const real = window.fetch.bind(window);
  window.fetch = (url, init) => real(url, { ...init, keepalive: false });
};

/**
 * Another script of the shop's, which at exit is first, and leaves nothing of what the browser lets be in flight: 64 KiB.
 * What was sent before the page is left does not count there.
 */
export function hog(url: string): void {
  const send = (): void => {
    void fetch(url, { method: "POST", body: "x".repeat(65_500), keepalive: true }).catch(() => {});
  };
  for (const type of ["visibilitychange", "pagehide"]) addEventListener(type, send, { capture: true });
}
