/** `GET /health`: that the Worker runs. It asks nothing and nobody, so it says nothing of any site. */
export function getHealth(): Response {
  return Response.json({ status: "ok" });
}
