/** Ground of a cell of a heat table. The number in it stays readable at every shade. @param share 0 to 1 */
export const shadeOf = (share: number): { readonly background: string } => ({
  background: `color-mix(in srgb, var(--accent) ${Math.round(6 + 34 * Math.max(0, Math.min(1, share)))}%, transparent)`,
});
