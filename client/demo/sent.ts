import { h, the } from "./element.ts";
import { sentSoFar } from "./witness.ts";

/** The requests of this tab, word by word. */
export function showSent(): void {
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
