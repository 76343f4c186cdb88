/**
 * Unfolds the page while it is printed. Browsers report printing in two ways, by an event and by the print medium; the
 * first one counts.
 */
export function unfoldForPrint(unfold: () => () => void): void {
  let fold: (() => void) | undefined;
  const begin = () => {
    fold ??= unfold();
  };
  const end = () => {
    fold?.();
    fold = undefined;
  };
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? begin() : end()));
}
