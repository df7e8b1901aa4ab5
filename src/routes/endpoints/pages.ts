import { DecideRequest, RankRequest } from "../../core/wire/decide.ts";
import { EventsRequest } from "../../core/wire/events.ts";
import { postDecide } from "../post-decide.ts";
import { postEvents } from "../post-events.ts";
import { postRank } from "../post-rank.ts";
import { getSlotHtml } from "../get-slot-html.ts";
import { ok, PAGES, WHO, type Endpoint } from "./endpoint.ts";

/** Pages: what happened, and what to show. */
export const PAGES_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/v1/events",
    summary: "Takes what a page or a server saw; answers for each event on its own.",
    callers: PAGES,
    request: EventsRequest,
    answers: ok("One answer per event, in their order: accepted, duplicate, or rejected with a code."),
    problems: WHO,
    handle: postEvents,
  },
  {
    method: "POST",
    path: "/v1/decide",
    summary: "Says what to show in each slot of a page, and why.",
    callers: PAGES,
    request: DecideRequest,
    answers: ok(
      "One answer per slot: status, reason, items, assignments. A fault gives the shop's own fallback.",
    ),
    problems: [...WHO, "draft_unknown"],
    handle: postDecide,
  },
  {
    method: "GET",
    path: "/v1/slots/:slot",
    summary:
      "One slot as a fragment of HTML, for ESI, HTMX and server includes: /v1/slots/<slot>.html?key=….",
    callers: PAGES,
    params: { slot: "the slot's id, with .html behind it" },
    query: {
      key: "the page's public key",
      type: "what kind of page it is",
      item: "the item that it is about",
      category: "the category that it lists",
      q: "what was searched for",
      market: "the market, for prices",
      locale: "the language, for prices",
      max: "at most so many picks",
    },
    answers: {
      200: { description: "The slot's element with its picks.", type: "text/html" },
      204: { description: "Nothing to show: the page's own content stays.", type: null },
    },
    problems: [...WHO, "query_invalid"],
    handle: getSlotHtml,
  },
  {
    method: "POST",
    path: "/v1/rank",
    summary: "Puts the shop's own list in the customer's order, hidden items left out.",
    callers: PAGES,
    request: RankRequest,
    answers: ok("The items with their new rank and their old place."),
    problems: [...WHO, "draft_unknown"],
    handle: postRank,
  },
];
