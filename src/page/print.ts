/**
 * Unfolds the page while it is printed. Browsers tell of that in two ways, before the dialog and with the
 * medium; whichever comes first counts.
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
