import * as v from "valibot";
import { forget } from "../edge/site-source.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, enter, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/** A marketer's word on what was proposed. */
export const StepRequest = v.strictObject({ approve: v.boolean() });

/** `POST /v1/experiments/:id/step`: takes the step that was proposed, or refuses it for good. */
export async function postExperimentStep(c: RouteContext): Promise<Response> {
  const entered = await enter(c, StepRequest, 1024);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const stub = await siteStub(c.env, access.siteId);
  const outcome = await stub.answerProposal(c.req.param("id") ?? "", request.approve, access.actor);
  if (!outcome)
    return problemResponse({
      code: "proposal_unknown",
      detail: "No step is proposed for this experiment now.",
      cure: "GET /v1/experiments/{id} shows a proposal under `proposal` while there is one.",
    });
  forget(access.siteId);
  return answer({ approved: request.approve, ...outcome });
}
