import * as v from "valibot";
import { Purpose } from "../core/consent/consent.ts";
import { previewOf, type PreviewAnswer } from "../core/insight/preview.ts";
import { SegmentCondition } from "../core/segment/condition.ts";
import { segmentDefects } from "../core/segment/membership/segment-defects.ts";
import { problemResponse } from "../http/problem.ts";
import { ledgerOf } from "./get-experiment.ts";
import { answer, enter, type RouteContext } from "./route.ts";

export const SegmentPreviewRequest = v.strictObject({
  when: SegmentCondition,
  purpose: v.optional(Purpose),
});

/** People asked: their objects are, one by one, so that nothing has to be published first. */
const ASKED_MAX = 400;
const PAGE = 40;
/** No segment of a config can be called so. */
const CANDIDATE = "$preview";

/** `POST /v1/segments/preview`: what a segment would be: how many people, what they are worth, what they have in common. */
export async function postSegmentPreview(c: RouteContext): Promise<Response> {
  const entered = await enter(c, SegmentPreviewRequest, 64 * 1024);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const { segments } = access.site.world.config.config;
  const [defect] = segmentDefects({ ...segments, [CANDIDATE]: request });
  if (defect)
    return problemResponse({
      code: "body_invalid",
      pointer: defect.pointer.replace(`/${CANDIDATE}`, ""),
      detail: `This must be ${defect.expected}.`,
    });
  const { objects, people } = await ledgerOf(c, access).sample(ASKED_MAX);
  const { CUSTOMER } = c.env;
  // The stub's types cannot say that JSON values travel as they are.
  type Asked = { wouldBeIn(when: typeof request): Promise<PreviewAnswer | null> };
  const answers: PreviewAnswer[] = [];
  for (let at = 0; at < objects.length; at += PAGE) {
    const page = objects.slice(at, at + PAGE);
    const told = await Promise.all(
      page.map((id) => (CUSTOMER.get(CUSTOMER.idFromString(id)) as unknown as Asked).wouldBeIn(request)),
    );
    for (const one of told) if (one) answers.push(one);
  }
  return answer(previewOf(answers, Math.max(people, answers.length)));
}
