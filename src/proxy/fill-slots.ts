import { slotContent, slotMarks } from "../core/render/slot-html.ts";
import { parseWith } from "../core/problem/parse.ts";
import { DecideRequest, type SlotAnswer } from "../core/wire/decide.ts";
import { decisionFor } from "../routes/decision.ts";
import { PAGES } from "../routes/endpoints/endpoint.ts";
import { admit, type RouteContext } from "../routes/route.ts";
import { PageReader } from "./page-reader.ts";
import type { Fronted } from "./shops.ts";
import { nameRules } from "./speculation.ts";

/** How long a page waits at its first slot for what goes in. The head has long been sent by then. */
const PATIENCE_MS = 150;
const NAME = /^[a-z\d][a-z\d_-]{0,63}$/;
const SLOTS_MAX = 12;
/** Slots seen last on each kind of page of each host: the next such page asks for all of them at once. */
const seenLately = new Map<string, ReadonlySet<string>>();
const SEEN_MAX = 500;

type Answers = ReadonlyMap<string, SlotAnswer>;
const NOTHING: Answers = new Map();

/**
 * A page of the shop, with its slots filled while it streams by: the first byte never waits, and at its first slot a page waits
 * for {@link PATIENCE_MS} at most; then the shop's own content stays. What may be about a person is in no shared cache.
 */
export function fillSlots(c: RouteContext, { key }: Fronted, reply: Response): Response {
  const url = new URL(c.req.url);
  const reader = new PageReader(url);
  const asked = new Map<string, Promise<Answers>>();
  const seen = new Set<string>();
  let isLate = false;
  let place = "";
  const askFor = (first: string): Promise<Answers> => {
    const known = asked.get(first);
    if (known) return known;
    const page = reader.page();
    place = `${url.host} ${String(page["type"])}`;
    const more = reader.slots.length > 0 ? reader.slots : (seenLately.get(place) ?? []);
    const names = [...new Set([first, ...more])].filter((name) => NAME.test(name) && !asked.has(name));
    const answers = ask(c, key, { page, locale: reader.locale, slots: names.slice(0, SLOTS_MAX) });
    for (const name of names.slice(0, SLOTS_MAX)) asked.set(name, answers);
    return answers;
  };
  const rewriter = reader.listen(new HTMLRewriter()).on("[data-concierge-slot]", {
    async element(slot) {
      const name = slot.getAttribute("data-concierge-slot") ?? "";
      if (!NAME.test(name) || slot.hasAttribute("data-concierge-status")) return;
      seen.add(name);
      if (isLate) return;
      const answers = await Promise.race([askFor(name), scheduler.wait(PATIENCE_MS)]);
      // One wait a page: who was late for the first slot is not waited for at the next.
      if (!answers) isLate = true;
      const answer = answers?.get(name);
      if (!answer) return;
      const content = slotContent(answer);
      // Held out: the shop's own content stands, and is counted.
      if (content === "" && answer.token === undefined) return;
      for (const [mark, value] of Object.entries(slotMarks(answer))) slot.setAttribute(mark, value);
      if (content !== "") slot.setInnerContent(content, { html: true });
    },
  });
  rewriter.onDocument({
    end() {
      if (place === "") return;
      if (seenLately.size >= SEEN_MAX) seenLately.clear();
      seenLately.set(place, seen);
    },
  });
  return rewriter.transform(
    withPrivacy(reply, /(^|;\s*)(__Host-)?cg_[dv]=/.test(c.req.header("cookie") ?? "")),
  );
}

/** Headers of a page that is not what its origin sent. Who carries our cookie may be shown what is only for them. */
function withPrivacy(reply: Response, isSomebody: boolean): Response {
  const page = new Response(reply.body, reply);
  for (const name of ["etag", "content-length", "accept-ranges", "content-md5", "digest"])
    page.headers.delete(name);
  nameRules(page.headers);
  if (!isSomebody) return page;
  for (const name of ["last-modified", "age", "expires", "cdn-cache-control", "surrogate-control"])
    page.headers.delete(name);
  page.headers.set("cache-control", "private, no-store");
  return page;
}

/** One decision for the slots of a page. Never throws: the page is worth more than what goes into it. */
async function ask(
  c: RouteContext,
  key: string,
  question: { readonly page: object; readonly locale: string | undefined; readonly slots: readonly string[] },
): Promise<Answers> {
  try {
    c.set("isHurried", true);
    c.set("callers", PAGES);
    const access = await admit(c, key);
    if (access instanceof Response) {
      console.error(JSON.stringify({ at: "proxy.key", status: access.status }));
      return NOTHING;
    }
    const { page, locale, slots } = question;
    const request = parseWith(
      DecideRequest,
      { page, ...(locale ? { locale: locale.slice(0, 35) } : {}), slots: slots.map((id) => ({ id })) },
      "body_invalid",
    );
    if (!request.ok) return NOTHING;
    const decided = await decisionFor(c, access, { ...request.value, isByRecord: true });
    return decided.ok ? new Map(decided.value.answer.slots.map((slot) => [slot.id, slot])) : NOTHING;
  } catch (error) {
    console.error(JSON.stringify({ at: "proxy.decide", error: String(error) }));
    return NOTHING;
  }
}
