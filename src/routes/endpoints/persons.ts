import { postAnyIdentify } from "../post-any-identify.ts";
import { IdentifyRequest, postReset, ResetRequest } from "../post-identify.ts";
import { MeChange, MeRequest, postMe, postMeChange, postMeErase, postMeExport } from "../post-me.ts";
import { ok, PAGES, SELF, WHO, WHO_SELF, type Endpoint } from "./endpoint.ts";

/** Who a visitor is, and what is known about whoever asks. */
export const PERSONS_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/v1/identify",
    summary: "Joins a visitor to the customer that a signed token, or the shop's server, says they are.",
    callers: PAGES,
    request: IdentifyRequest,
    answers: ok("That the visitor is known now. Segment's call of this name is answered as its others are."),
    problems: WHO,
    handle: postAnyIdentify,
  },
  {
    method: "POST",
    path: "/v1/reset",
    summary: "This browser stops speaking for anybody: for shared devices, and on logging out.",
    callers: SELF,
    request: ResetRequest,
    answers: ok("That it is done."),
    problems: [],
    handle: postReset,
  },
  {
    method: "POST",
    path: "/v1/me",
    summary: "What is known about whoever asks, from where, and which decisions used it.",
    callers: SELF,
    request: MeRequest,
    answers: ok("What is known, or null."),
    problems: WHO_SELF,
    handle: postMe,
  },
  {
    method: "POST",
    path: "/v1/me/export",
    summary: "Everything stored about whoever asks, as one document.",
    callers: SELF,
    request: MeRequest,
    answers: ok("The document."),
    problems: WHO_SELF,
    handle: postMeExport,
  },
  {
    method: "POST",
    path: "/v1/me/change",
    summary: "Corrects, hides, gives feedback, changes consent, pauses.",
    callers: SELF,
    request: MeChange,
    answers: ok("What became of each change, and what is known now."),
    problems: [...WHO_SELF, "budget_spent"],
    handle: postMeChange,
  },
  {
    method: "POST",
    path: "/v1/me/erase",
    summary: "Forgets whoever asks.",
    callers: SELF,
    request: MeRequest,
    answers: ok("A receipt, with the moments by which everything is gone."),
    problems: WHO_SELF,
    handle: postMeErase,
  },
];
