import { refusal, type SimulatedReply } from "./reply.ts";
import { parseResponseFields, selectFields } from "./response-fields.ts";
import { type RouteContext, routeOf } from "./routes.ts";
import type { SimulatedCall } from "./simulated-call.ts";

function narrowed(answer: SimulatedReply, call: SimulatedCall): SimulatedReply {
  const asked = call.query["responseFields"];
  if (asked === undefined || answer.status !== 200) return answer;
  const tree = parseResponseFields(asked);
  if (tree === undefined) return refusal(400, "WRONG_PARAMETER", "responseFields cannot be read");
  return { ...answer, body: JSON.stringify(selectFields(JSON.parse(answer.body), tree)) };
}

/**
 * Answers a call that the guard let through: scope, plan, content type, then the route itself, narrowed to its `responseFields`.
 * @param scopes of the token it came with.
 */
export function answerCall(context: RouteContext, scopes: readonly string[], contentType: string | undefined): SimulatedReply {
  const { call, current } = context;
  const route = routeOf(call);
  if (!route.ok) return route.failure;
  const { scope, feature, answer } = route.value;
  if (!scopes.includes(scope)) return refusal(403, "INSUFFICIENT_APP_SCOPE", `The app lacks the scope ${scope}`);
  if (feature !== undefined && current.missingFeatures.includes(feature)) {
    return refusal(403, `${feature}_FEATURE_NOT_AVAILABLE`, "The feature is not available on the store's plan");
  }
  const readable = call.method === "GET" || /^(application|text)\/json\b/i.test(contentType ?? "");
  if (!readable) return refusal(415, "UNSUPPORTED_MEDIA_TYPE", "The content type must be application/json");
  return narrowed(answer(context), call);
}
