import { DecideRequest, RankRequest } from "../../core/wire/decide.ts";
import { EventsRequest } from "../../core/wire/events.ts";
import { postDecide } from "../post-decide.ts";
import { postEvents } from "../post-events.ts";
import { postRank } from "../post-rank.ts";
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
