import { Ga4Request, postGa4 } from "../post-ga4.ts";
import { postSegment, SegmentRequest } from "../post-segment.ts";
import { ok, PAGES, WHO, type Endpoint } from "./endpoint.ts";

/** Words of Segment's tracking API: one handler, told apart by the address. */
const SEGMENT_CALLS = ["batch", "track", "page", "screen", "group", "alias"] as const;

/** Other trackers' words for the same. */
export const TRACKERS_ENDPOINTS: readonly Endpoint[] = [
  ...SEGMENT_CALLS.map((call): Endpoint => ({
    method: "POST",
    path: `/v1/${call}`,
    summary: `Segment's \`${call}\` call, so that a shop that sends there changes an address only.`,
    callers: PAGES,
    request: SegmentRequest,
    answers: ok("One answer per call, as for events."),
    problems: WHO,
    handle: postSegment,
  })),
  {
    method: "POST",
    path: "/v1/ga4",
    summary: "Takes GA4 e-commerce events, as a dataLayer holds them.",
    callers: PAGES,
    request: Ga4Request,
    answers: ok("One answer per message, as for events."),
    problems: WHO,
    handle: postGa4,
  },
];
