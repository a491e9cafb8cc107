/* The scheme before the first paint: the reader's choice, else what the system asks for. */
(() => {
  const inputs = [...document.querySelectorAll("[data-md-color-media]")];
  if (!inputs.length) return;
  const chosen = (__md_get("__palette") || {}).color;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const system = `(prefers-color-scheme: ${dark ? "dark" : "light"})`;
  const wanted = chosen && chosen.media !== "(prefers-color-scheme)"
    ? inputs.find(i => i.dataset.mdColorScheme === chosen.scheme)
    : inputs.find(i => i.dataset.mdColorMedia === system);
  if (!wanted) return;
  for (const key of ["scheme", "primary", "accent"]) {
    document.body.setAttribute(`data-md-color-${key}`, wanted.getAttribute(`data-md-color-${key}`));
  }
})();
