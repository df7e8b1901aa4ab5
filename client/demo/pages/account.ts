import { askConsent } from "../consent-banner.ts";
import { choose, consentChoice, forgetChoice, type Choice } from "../consent-choice.ts";
import { button, h, the } from "../element.ts";
import { sentSoFar } from "../witness.ts";

const PURPOSES: readonly (readonly [purpose: keyof Choice, title: string, text: string])[] = [
  [
    "personalization",
    "Personal choice of products",
    "What you look at and buy decides which products we show you.",
  ],
  ["analytics", "Measuring", "We count what is shown, clicked and bought, to see whether it helps."],
];

/** The visitor's side: consent per purpose, the id this browser carries, and every request it sent. */
export function accountPage(): void {
  const signal = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
  the("#gpc").hidden = signal !== true;
  the("#reset").append(
    button("Forget this browser", "choice", () => {
      forgetChoice();
      sessionStorage.removeItem("shop.sent");
      show();
      askConsent();
    }),
  );
  for (const change of ["shop:consent", "shop:sent"]) document.addEventListener(change, show);
  show();
}

function show(): void {
  const choice = consentChoice();
  the("#purposes").replaceChildren(
    ...PURPOSES.map(([purpose, title, text]) => {
      const box = h("input", { type: "checkbox", role: "switch", checked: choice?.[purpose] === true });
      box.addEventListener("change", () => {
        const now = {
          personalization: false,
          analytics: false,
          ...choice,
          [purpose]: (box as HTMLInputElement).checked,
        };
        choose(now);
      });
      return h("label", { class: "switch" }, box, h("span", {}, h("b", {}, title), h("small", {}, text)));
    }),
  );
  the("#decided").textContent = choice ? "" : "You have not decided yet: until you do, nothing is stored.";
  the("#visitor").textContent =
    localStorage.getItem("concierge.visitor") ?? "none: this browser carries no id";
  const sent = sentSoFar();
  the("#sent").replaceChildren(
    ...(sent.length === 0 ? [h("p", { class: "empty" }, "Nothing yet in this tab.")] : sent.map(request)),
  );
}

function request(sent: ReturnType<typeof sentSoFar>[number]): HTMLElement {
  return h(
    "details",
    {},
    h(
      "summary",
      {},
      h("time", {}, new Date(sent.at).toLocaleTimeString("en")),
      h("code", {}, `POST ${sent.path}`),
      h("span", {}, sent.status === 0 ? "no answer" : String(sent.status)),
    ),
    h("pre", {}, JSON.stringify(sent.body, undefined, 2)),
  );
}
