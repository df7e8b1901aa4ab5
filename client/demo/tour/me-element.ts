/** `<concierge-me>` on the account page. */
export const meElement = (): HTMLElement | null => document.querySelector("concierge-me");

/** Something in it, by a selector. */
export const inMe = (selector: string): HTMLElement | null | undefined =>
  meElement()?.shadowRoot?.querySelector<HTMLElement>(selector);

/** Presses a button of it, as a person would; `false` where it is not there. */
export function press(label: string): boolean {
  const buttons = [...(meElement()?.shadowRoot?.querySelectorAll("button") ?? [])];
  const found = buttons.find(({ textContent }) => textContent === label);
  found?.click();
  return found !== undefined;
}

/** Waits until the page is complete: before, the element has nothing to press. */
export async function whenReady(): Promise<void> {
  const { body } = document;
  if (body.hasAttribute("data-ready")) return;
  await new Promise<void>((resolve) => {
    const watch = new MutationObserver(() => {
      watch.disconnect();
      resolve();
    });
    watch.observe(body, { attributeFilter: ["data-ready"] });
  });
}

/** What the element tells, as far as the tour listens. */
export type MeNews = {
  readonly kind: string;
  readonly purpose?: string;
  readonly granted?: boolean;
  readonly isSettled?: boolean;
  readonly receipt?: string;
};

/** Hears what the element tells, until the signal. */
export function onMe(signal: AbortSignal, listener: (news: MeNews) => void): void {
  document.addEventListener("concierge-me", (event) => listener((event as CustomEvent<MeNews>).detail), {
    signal,
  });
}
