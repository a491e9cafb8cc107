/* Tables that are whole without this file gain sorting, a text filter and facets; the state stands
   in the address, so that a view can be sent. <table data-bb-table id=…>, rows with data-<facet>. */
(() => {
  const language = document.documentElement.lang || undefined;
  const collator = new Intl.Collator(language, { numeric: true });
  const fold = text => text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const by = (name, id) => document.querySelector(`[data-bb-${name}="${CSS.escape(id)}"]`);

  function table(root) {
    const body = root.tBodies[0];
    const rows = [...body.rows];
    const words = new Map(rows.map(row => [row, fold(row.textContent)]));
    const heads = [...root.tHead.rows[0].cells];
    const tools = by("tools", root.id);
    const panel = by("facets", root.id);
    const find = tools?.querySelector("[data-bb-find]");
    const boxes = [...(panel?.querySelectorAll("[data-bb-facet] input") ?? [])];
    const nameOf = column => heads[column].dataset.sortName ?? String(column);
    const facetOf = box => box.closest("[data-bb-facet]").dataset.bbFacet;
    const initial = heads.findIndex(head => head.hasAttribute("aria-sort"));
    const start = initial < 0 ? null : { column: initial, order: heads[initial].getAttribute("aria-sort") };
    let sorted = start;
    /* filters of a link for which there is no box, such as those of a cell of the nine-box */
    const loose = new Map();

    const key = (row, column) => {
      const cell = row.cells[column];
      return cell ? cell.dataset.sort ?? cell.textContent.trim() : "";
    };
    function compare(one, two, column, number) {
      const a = key(one, column), b = key(two, column);
      if (!a || !b) return a ? -1 : b ? 1 : 0; /* what is not known stands last */
      return number ? a - b : collator.compare(a, b);
    }
    function sort() {
      heads.forEach(head => head.removeAttribute("aria-sort"));
      if (!sorted) return body.append(...rows);
      const { column, order } = sorted, number = heads[column].dataset.sortBy === "number";
      const sign = order === "descending" ? -1 : 1;
      const known = rows.filter(row => key(row, column)), rest = rows.filter(row => !key(row, column));
      known.sort((a, b) => sign * compare(a, b, column, number) || rows.indexOf(a) - rows.indexOf(b));
      body.append(...known, ...rest);
      heads[column].setAttribute("aria-sort", order);
    }

    function chosen() {
      const groups = {};
      for (const box of boxes) if (box.checked) (groups[facetOf(box)] ??= []).push(box);
      return groups;
    }
    function chip(name, picked) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "bb-chip bb-chip-remove";
      const title = picked[0].closest("fieldset").querySelector("legend").textContent;
      button.textContent = `${title} ${picked.map(box => box.dataset.label).join(", ")}`;
      button.addEventListener("click", () => { picked.forEach(box => { box.checked = false; }); show(); });
      return button;
    }
    function looseChip(name) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "bb-chip bb-chip-remove";
      button.textContent = [...loose.get(name)].join(", ");
      button.addEventListener("click", () => { loose.delete(name); show(); });
      return button;
    }
    const has = (row, name, test) => (row.getAttribute(`data-${name}`) ?? "").split(" ").some(test);
    function show() {
      const groups = chosen(), needles = fold(find?.value ?? "").split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const fits = needles.every(word => words.get(row).includes(word))
          && Object.entries(groups).every(([name, picked]) =>
            has(row, name, value => picked.some(box => box.value === value)))
          && [...loose].every(([name, values]) => has(row, name, value => values.has(value)));
        row.hidden = !fits;
        shown += fits;
      }
      report(groups, shown, needles.length || loose.size || Object.keys(groups).length);
      remember(groups);
    }
    function report(groups, shown, active) {
      if (!tools) return;
      const count = tools.querySelector("[data-bb-count]");
      if (count) count.textContent = tools.dataset.count.replace("{shown}", shown).replace("{all}", rows.length);
      tools.querySelector("[data-bb-chips]")?.replaceChildren(
        ...Object.entries(groups).map(([name, picked]) => chip(name, picked)),
        ...[...loose.keys()].map(looseChip));
      const clear = tools.querySelector("[data-bb-clear]"), none = tools.querySelector("[data-bb-none]");
      if (clear) clear.hidden = !active;
      if (none) none.hidden = shown > 0;
      if (root.tFoot) root.tFoot.hidden = shown < rows.length;
    }
    const isLoose = name => !boxes.some(box => facetOf(box) === name)
      && !["find", "sort", "id"].includes(name) && rows.some(row => row.hasAttribute(`data-${name}`));
    function remember(groups) {
      const query = new URLSearchParams(location.search);
      for (const name of new Set(boxes.map(facetOf))) query.delete(name);
      for (const [name, picked] of Object.entries(groups)) query.set(name, picked.map(box => box.value).join(","));
      for (const name of [...query.keys()]) if (isLoose(name)) query.delete(name);
      for (const [name, values] of loose) query.set(name, [...values].join(","));
      query.delete("find");
      query.delete("sort");
      if (find?.value) query.set("find", find.value);
      if (sorted && (sorted.column !== start?.column || sorted.order !== start?.order)) {
        query.set("sort", `${nameOf(sorted.column)}.${sorted.order === "descending" ? "down" : "up"}`);
      }
      const text = query.toString().replaceAll("%2C", ",");
      history.replaceState(history.state, "", location.pathname + (text && `?${text}`) + location.hash);
    }
    function restore() {
      const query = new URLSearchParams(location.search);
      for (const box of boxes) box.checked = (query.get(facetOf(box)) ?? "").split(",").includes(box.value);
      for (const [name, text] of query) if (isLoose(name)) loose.set(name, new Set(text.split(",")));
      if (find) find.value = query.get("find") ?? "";
      const [name, way] = (query.get("sort") ?? "").split(".");
      const column = heads.findIndex((head, at) => head.dataset.sortBy && nameOf(at) === name);
      if (column < 0) return;
      sorted = { column, order: way === "down" ? "descending" : "ascending" };
      sort();
    }

    heads.forEach((head, column) => {
      if (!head.dataset.sortBy) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "bb-sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const first = head.dataset.sortBy === "number" ? "descending" : "ascending";
        const other = first === "ascending" ? "descending" : "ascending";
        const order = sorted?.column === column && sorted.order === first ? other : first;
        sorted = { column, order };
        sort();
        remember(chosen());
      });
    });
    if (tools || panel) {
      tools?.querySelectorAll(".bb-tools-script").forEach(part => { part.hidden = false; });
      if (panel) {
        panel.hidden = false;
        panel.open = matchMedia("(min-width: 60em)").matches;
        panel.addEventListener("change", show);
      }
      find?.addEventListener("input", show);
      tools?.querySelector("[data-bb-clear]")?.addEventListener("click", () => {
        boxes.forEach(box => { box.checked = false; });
        loose.clear();
        if (find) find.value = "";
        show();
      });
    }
    restore();
    if (tools || panel) show();
  }

  document.querySelectorAll("table[data-bb-table]").forEach(table);
})();
