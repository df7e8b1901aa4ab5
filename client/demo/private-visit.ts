/** A private visit lasts as long as its tab, and is known to nobody but that tab. */
const KEY = "shop.private";

/** Whether this tab keeps to itself: it then loads no snippet, so nothing is sent and nothing known is used. */
export function isPrivate(): boolean {
  try {
    return sessionStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

/** Begins or ends the private visit. The page starts anew: a script that runs already cannot be taken back. */
export function setPrivate(isOn: boolean): void {
  try {
    if (isOn) sessionStorage.setItem(KEY, "1");
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without session storage there is no private visit to remember; the page stays as it is.
  }
  location.reload();
}
