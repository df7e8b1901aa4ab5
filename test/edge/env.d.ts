/** What `cloudflare:workers` gives the tests: our bindings, and our worker's exports. */
declare namespace Cloudflare {
  type OurEnv = import("../../src/env.ts").Env;
  interface Env extends OurEnv {}
  interface GlobalProps {
    mainModule: typeof import("../../src/worker.ts");
  }
}
