/* Ticks of what somebody has read. They are kept in this browser only, under the path of the site;
   nothing else reads them, and without this file the boxes stay hidden.

   <input data-bb-read=address data-minutes=n> is a box, [data-bb-left] says how much is left by its
   pattern, [data-bb-forget] removes every tick of the site. */
(() => {
  const NAME = "briefbook.read";
  const boxes = [...document.querySelectorAll("[data-bb-read]")];
  const left = document.querySelector("[data-bb-left]");
  if (!boxes.length || !left) return;
  const minutes = new Map(boxes.map(box => [box.dataset.bbRead, Number(box.dataset.minutes)]));

  function kept() {
    const found = __md_get(NAME);
    return new Set(Array.isArray(found) ? found : []);
  }

  function show() {
    const read = kept();
    for (const box of boxes) box.checked = read.has(box.dataset.bbRead);
    const open = [...minutes].filter(([address]) => !read.has(address));
    const values = {
      read: minutes.size - open.length, all: minutes.size,
      minutes: open.reduce((sum, [, each]) => sum + each, 0),
    };
    left.textContent = left.dataset.bbLeft.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  for (const box of boxes) {
    box.closest("label").hidden = false;
    box.addEventListener("change", () => {
      const read = kept();
      if (box.checked) read.add(box.dataset.bbRead);
      else read.delete(box.dataset.bbRead);
      __md_set(NAME, [...read]);
      show();
    });
  }
  document.querySelector("[data-bb-forget]").addEventListener("click", () => {
    try { localStorage.removeItem(`${__md_scope.pathname}.${NAME}`); } catch { /* nothing is kept */ }
    show();
  });
  left.closest("[data-bb-reading]").hidden = false;
  addEventListener("storage", show);
  show();
})();
