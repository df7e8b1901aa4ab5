/** Something that is shown once and never again. */
export function Once({ hint, value }: { readonly hint: string; readonly value: string }) {
  return (
    <div class="deliveries-once" role="status">
      <p>{hint}</p>
      <code>{value}</code>
    </div>
  );
}
