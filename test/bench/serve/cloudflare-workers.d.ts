/** What the bare worker uses of the platform; its full types and the browser's, which tests also use, exclude each other. */
declare module "cloudflare:workers" {
  type Sql = { exec(query: string, ...binds: readonly (string | number)[]): unknown };
  export class DurableObject<Env = unknown> {
    constructor(ctx: unknown, env: Env);
    protected readonly ctx: { readonly storage: { readonly sql: Sql } };
    protected readonly env: Env;
  }
}
