import { button } from "../element.ts";
import { inMe, meElement, onMe, press, whenReady } from "./me-element.ts";
import { isAccount, type Scene, type Step } from "./step.ts";

/** Last stop: take everything along, then be forgotten, with a receipt. */
export const erase: Step = {
  title: "Export, and be erased",
  text: "Take a copy of all that is kept first, if you like: one file, every row. Then erase it. You are asked once whether you mean it.",
  at: "/demo/account.html",
  go: "Open the account",
  isHere: isAccount,
  async enter(scene) {
    await whenReady();
    scene.offer(
      button("Take a copy", "choice", () => copy(scene)),
      button("Erase everything", "choice", () => {
        if (!press("Erase everything"))
          scene.happened("Nothing is kept about this browser, so there is nothing to erase.");
      }),
    );
    onMe(scene.signal, ({ kind, receipt }) => {
      if (kind !== "erased") return;
      scene.offer();
      scene.happened(
        `Erased: the record is gone to the last byte, the sums are taken back, and receipt ${receipt} says until when the rest follows.`,
        { label: "Show me the receipt", find: () => inMe("#receipt") },
      );
    });
  },
};

function copy({ happened }: Scene): void {
  happened(
    press("Download")
      ? "Your browser has saved my-data.json: every stored row, with its source."
      : "Nothing is kept about this browser, so there is nothing to copy.",
    { label: "Show me where", find: () => inMe("#deeds") ?? meElement() },
  );
}
