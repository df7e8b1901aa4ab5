/** A CommonJS module whose `default` is the path of the binary. */
declare module "workerd" {
  const module: { readonly default: string };
  export default module;
}
