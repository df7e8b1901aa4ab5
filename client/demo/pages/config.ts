import { button, h, the } from "../element.ts";
import type { Site } from "../site.ts";
import { quickRules, type Draft } from "./quick-rules.ts";
import { readConfig, writeConfig, type Refusal } from "./site-config.ts";
import { showExperiments } from "./experiment-table.ts";

/** The marketer's page: the site's config as JSON, published from here, beside the product page it changes. */
export async function configPage(site: Site | undefined): Promise<void> {
  if (!site) {
    say("error", "There is no API beside these pages. Start the demo with npm start.");
    return;
  }
  const editor = the<HTMLTextAreaElement>("#config");
  const frame = the<HTMLIFrameElement>("#live");
  let etag = "";

  const load = async () => {
    const read = await readConfig(site);
    if ("refusal" in read) return refuse(read.refusal);
    etag = read.etag;
    editor.value = JSON.stringify(read.document, undefined, 2);
    the("#revision").textContent = `Revision ${etag.replaceAll('"', "")}`;
    await showExperiments(site, draft()?.experiments ?? []);
  };
  const draft = (): Draft | undefined => {
    try {
      return JSON.parse(editor.value) as Draft;
    } catch (error) {
      say("error", `This is not JSON yet: ${(error as Error).message}`);
      return undefined;
    }
  };
  const publish = async () => {
    const document = draft();
    if (!document) return;
    const written = await writeConfig(site, document, etag);
    if ("refusal" in written) return refuse(written.refusal);
    etag = written.etag;
    the("#revision").textContent = `Revision ${etag.replaceAll('"', "")}`;
    const hints = written.lint.map((hint) => ` ${hint}`).join("");
    say("done", `Published. The product page beside this shows it now.${hints}`);
    frame.contentWindow?.location.reload();
    await showExperiments(site, document.experiments ?? []);
  };

  the("#publish").append(
    button("Publish", "primary", () => void publish()),
    button("Load again", "choice", () => void load()),
  );
  the("#refresh").append(
    button("Refresh figures", "pill", () => void showExperiments(site, draft()?.experiments ?? [])),
  );
  the("#quick").append(
    ...quickRules(frame).map(([label, apply]) =>
      button(label, "pill", () => {
        const document = draft();
        if (!document) return;
        editor.value = JSON.stringify(apply(document), undefined, 2);
        void publish();
      }),
    ),
  );
  await load();
}

function say(kind: "done" | "error", ...what: (Node | string)[]): void {
  the("#outcome").replaceChildren(h("p", { class: kind }, ...what));
}

/** Shows a refusal as the API gave it: what, where, and what to do. */
function refuse(refusal: Refusal): void {
  say(
    "error",
    h("b", {}, `${refusal.status} ${refusal.title}`),
    h("br"),
    refusal.detail,
    ...(refusal.pointer ? [" At ", h("code", {}, refusal.pointer), "."] : []),
    ...(refusal.cure ? [h("br"), refusal.cure] : []),
  );
  select(refusal.pointer);
}

/** Puts the cursor on the last step of a JSON pointer that can be found in the text. */
function select(pointer: string | undefined): void {
  const editor = the<HTMLTextAreaElement>("#config");
  let at = 0;
  let length = 0;
  for (const step of (pointer ?? "").split("/").slice(1)) {
    const key = `"${step.replaceAll("~1", "/").replaceAll("~0", "~")}"`;
    const next = editor.value.indexOf(key, at);
    if (next === -1) continue;
    at = next;
    length = key.length;
  }
  if (length === 0) return;
  editor.focus();
  editor.setSelectionRange(at, at + length);
}
