/** A refusal as the API gives it, or what stands in its place when nobody answered. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Where in the request, as a JSON pointer. */
  readonly pointer: string | undefined;
  readonly cure: string | undefined;

  constructor(status: number, problem: { readonly [member: string]: unknown }) {
    const text = (name: string): string | undefined =>
      typeof problem[name] === "string" ? problem[name] : undefined;
    super(text("detail") ?? text("title") ?? String(status));
    this.status = status;
    this.code = text("code") ?? "unknown";
    this.title = text("title") ?? "";
    this.detail = text("detail") ?? "";
    this.pointer = text("pointer");
    this.cure = text("cure");
  }
}
