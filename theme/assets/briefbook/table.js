/* Tables that are whole without this file gain sorting, a text filter and facets; the state stands
   in the address, so that a view can be sent: ?class=C,D&owner=mai&find=fresh&sort=share.down&page=2.

   <table data-bb-table id=…> has its rows in the page: data-<filter>="…" (several values apart by
   "|"), cells with data-sort where they sort by something else than their text.
   With data-bb-source="table.json", or data-bb-rows="…" holding the same text, the rows come from
   there (accounts_table.py says its shape): the page holds the first ones, 100 are shown at a time,
   and a <template data-bb-row=id> is the pattern of a row. data-bb-filters names what can be
   filtered by before the file is read. Nothing is read before somebody sorts, finds or filters. */
(() => {
  const PAGE = 100, NONE = "-", RESERVED = ["find", "sort", "page", "id", "bbTable"];
  const language = document.documentElement.lang || undefined;
  const collator = new Intl.Collator(language, { numeric: true });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const fold = text => text.normalize("NFKD").replace(/\p{Mn}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const low = text => text.toLowerCase();
  const by = (name, id) => document.querySelector(`[data-bb-${name}="${CSS.escape(id)}"]`);
  const minus = text => text.replace("-", "\u2212");

  /* a number for each text, in the order of the language; NaN where there is none */
  function ranked(texts) {
    const known = [...new Set(texts)].filter(Boolean).sort(collator.compare);
    const rank = new Map(known.map((text, at) => [text, at]));
    return texts.map(text => rank.get(text) ?? NaN);
  }
  const once = make => { let made; return () => made ??= make(); };
  const numbers = keys => keys.map(key => key ?? NaN);

  /* ---- where rows come from: fromPage and fromFile have the same face ---------------------- */

  function fromPage(root, heads) {
    const rows = [...root.tBodies[0].rows], words = [], filters = new Map();
    const valuesOf = (row, name) => (row.dataset[name] ?? "").split("|");
    for (const name of new Set(rows.flatMap(row => Object.keys(row.dataset)))) {
      const values = [...new Set(rows.flatMap(row => valuesOf(row, name)))];
      const of = rows.map(row => valuesOf(row, name).map(value => values.indexOf(value)));
      if (!RESERVED.includes(name)) filters.set(name, { name, values, labels: values, of });
    }
    const sortOf = cell => cell ? cell.dataset.sort ?? cell.textContent.trim() : "";
    return {
      count: rows.length, filters, pages: false,
      keys(column) {
        const texts = rows.map(row => sortOf(row.cells[column]));
        return heads[column].dataset.sortBy === "number" ? texts.map(text => text ? +text : NaN) : ranked(texts);
      },
      words: at => words[at] ??= fold(rows[at].textContent),
      show(list) {
        const shown = new Set(list);
        rows.forEach((row, at) => { row.hidden = !shown.has(at); });
        root.tBodies[0].append(...list.map(at => rows[at]));
      },
    };
  }

  function fromFile(data, root, heads) {
    const body = root.tBodies[0], made = [...body.rows], filters = new Map(), cells = {}, words = [];
    for (const one of data.filters) for (const name of [one.name, one.also]) if (name) filters.set(name, one);
    const cell = name => cells[name] ??= data.columns[name] ? ofColumn(name) : ofFilter(filters.get(name));
    function ofColumn(name) {
      const { text: texts, words: said, of, key, keys, ratio } = data.columns[name];
      const text = texts ? at => texts[at] : at => said[of[at]];
      const sort = () => {
        if (key) return numbers(key);
        if (ratio) {
          const [part, whole] = ratio.map(one => cell(one).keys());
          return part.map((one, at) => one / whole[at]);
        }
        const rank = keys ? numbers(keys) : ranked(said ?? texts);
        return said ? of.map(at => rank[at]) : rank;
      };
      return { text, value: text, keys: once(sort) };
    }
    function ofFilter({ values, labels, of }) {
      const first = at => Array.isArray(of[at]) ? of[at][0] : of[at];
      const rank = () => ranked(labels.map((label, at) => values[at] === NONE ? "" : label));
      return {
        text: at => labels[first(at)], value: at => values[first(at)],
        keys: once(() => { const ranks = rank(); return of.map((_, at) => ranks[first(at)]); }),
      };
    }
    const pattern = compile(by("row", root.id).content, cell);
    const row = at => made[at] ??= pattern(at).firstElementChild;
    return {
      count: data.count, filters, pages: data.count > PAGE,
      keys: column => cell(heads[column].dataset.sortName).keys(),
      words: at => words[at] ??= fold(data.find.map(name => cell(name).text(at)).join(" ")),
      show: (list, first) => body.replaceChildren(...list.slice(first, first + PAGE).map(row)),
      sum(name, list) {
        const keys = cell(name).keys();
        return list.reduce((sum, at) => sum + (keys[at] || 0), 0);
      },
      share([part, whole], list) {
        const [one, other] = [part, whole].map(name => cell(name).keys());
        const both = list.filter(at => one[at] === one[at] && other[at] === other[at]);
        const room = both.reduce((sum, at) => sum + other[at], 0);
        return room ? both.reduce((sum, at) => sum + one[at], 0) / room : NaN;
      },
    };
  }

  /* The pattern of a row as a function of the row's number. <template data-bb-text=c> becomes the
     text of a cell; data-bb-when=c stands only where the cell has a value (data-bb-is: this value),
     data-bb-lacks=c only where it has none; data-bb-set="attribute c suffix" sets an attribute. */
  function compile(node, cell) {
    if (node.nodeName === "TEMPLATE") return conditional(node, cell);
    const isDynamic = node.nodeType === 11 || node.nodeType === 1 && (node.dataset.bbSet || node.querySelector("template, [data-bb-set]"));
    if (!isDynamic) return () => node.cloneNode(true);
    const below = [...node.childNodes].map(child => compile(child, cell));
    const [attribute, name, suffix = ""] = node.dataset?.bbSet?.split(" ") ?? [];
    const bare = node.cloneNode(false);
    bare.removeAttribute?.("data-bb-set");
    return at => {
      const made = bare.cloneNode(false);
      if (attribute) made.setAttribute(attribute, cell(name).text(at) + suffix);
      for (const child of below) { const part = child(at); if (part) made.append(part); }
      return made;
    };
  }
  function conditional(node, cell) {
    const { bbText, bbWhen, bbLacks, bbIs } = node.dataset;
    if (bbText) return at => document.createTextNode(cell(bbText).text(at));
    const inner = compile(node.content, cell), value = cell(bbWhen ?? bbLacks).value;
    const has = at => { const is = value(at); return is !== "" && is !== NONE; };
    const holds = bbIs !== undefined ? at => value(at) === bbIs : bbWhen ? has : at => !has(at);
    return at => holds(at) ? inner(at) : null;
  }

  /* ---- one table and its controls ---------------------------------------------------------- */

  function table(root) {
    const heads = [...root.tHead.rows[0].cells];
    const tools = by("tools", root.id), panel = by("facets", root.id), pager = by("pager", root.id);
    const find = tools?.querySelector("[data-bb-find]"), count = tools?.querySelector("[data-bb-count]");
    const boxes = () => [...(panel?.querySelectorAll("[data-bb-facet] input") ?? [])];
    const facetOf = box => box.closest("[data-bb-facet]").dataset.bbFacet;
    const counted = (shown, all) => tools.dataset.count.replace("{shown}", number.format(shown)).replace("{all}", number.format(all));
    const nameOf = column => heads[column].dataset.sortName ?? String(column);
    const { bbSource, bbRows, bbFilters, bbCount, bbUnit = "6 1", bbPercent: percent = "{number} %" } = root.dataset;
    const [power, maximumFractionDigits] = bbUnit.split(" ").map(Number);
    const inUnits = new Intl.NumberFormat(language, { maximumFractionDigits });
    const summed = sum => inUnits.format(sum / 10 ** power);
    const initial = heads.findIndex(head => head.hasAttribute("aria-sort"));
    const start = initial < 0 ? null : { column: initial, order: heads[initial].getAttribute("aria-sort") };
    const chosen = new Map(); /* filter: its values, as in the address */
    let sorted = start, page = 0, source = null, reading = null, order = null;
    if (bbRows) source = fromFile(JSON.parse(bbRows), root, heads);
    else if (!bbSource) source = fromPage(root, heads);
    const named = name => source ? source.filters.has(name) : (bbFilters ?? "").split(" ").includes(name);

    const read = () => reading ??= fetch(bbSource).then(answer => {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.json();
    }).then(data => { source = fromFile(data, root, heads); });

    function act(isNewView = true) {
      if (isNewView) page = 0;
      remember();
      if (source) return draw();
      root.setAttribute("aria-busy", "true");
      if (count) count.textContent = root.dataset.bbLoading ?? "";
      read().then(draw, () => {
        reading = null;
        if (count) count.textContent = root.dataset.bbFailed ?? "";
      }).finally(() => root.removeAttribute("aria-busy"));
    }

    function inOrder() {
      const all = [...Array(source.count).keys()];
      if (!sorted || start && sorted.column === start.column && sorted.order === start.order) return all;
      const keys = source.keys(sorted.column), sign = sorted.order === "descending" ? -1 : 1;
      const known = all.filter(at => keys[at] === keys[at]), rest = all.filter(at => keys[at] !== keys[at]);
      return known.sort((a, b) => sign * (keys[a] - keys[b]) || a - b).concat(rest); /* not known: last */
    }

    /* a comma parts values, unless there is a value with this comma */
    function settle() {
      for (const [name, values] of [...chosen]) {
        const filter = source.filters.get(name), known = new Map(filter.values.map(one => [low(one), one]));
        const whole = values.flatMap(one => known.has(low(one)) ? [one] : one.split(","));
        if (name !== filter.name) chosen.delete(name);
        chosen.set(filter.name, [...new Set(whole.map(one => known.get(low(one)) ?? one))]);
      }
    }
    function test([name, values]) {
      const { values: all, of } = source.filters.get(name), wanted = all.map(one => values.includes(one));
      return at => Array.isArray(of[at]) ? of[at].some(one => wanted[one]) : wanted[of[at]];
    }

    function draw() {
      settle();
      order ??= inOrder();
      const tests = [...chosen].map(test), needles = fold(find?.value ?? "").split(/\s+/).filter(Boolean);
      const list = order.filter(at => tests.every(fits => fits(at))
        && (!needles.length || needles.every(word => source.words(at).includes(word))));
      if (page * PAGE >= list.length) page = 0;
      source.show(list, page * PAGE);
      heads.forEach(head => head.removeAttribute("aria-sort"));
      if (sorted) heads[sorted.column].setAttribute("aria-sort", sorted.order);
      report(list, needles.length || chosen.size);
      remember();
    }

    function report(list, isNarrow) {
      if (source.pages) turn(list.length);
      totals(list, list.length < source.count);
      if (!tools) return;
      if (count) count.textContent = counted(list.length, source.count);
      tools.querySelector("[data-bb-chips]")?.replaceChildren(...[...chosen].map(chip));
      const clear = tools.querySelector("[data-bb-clear]"), none = tools.querySelector("[data-bb-none]");
      if (clear) clear.hidden = !isNarrow;
      if (none) none.hidden = list.length > 0;
      for (const box of boxes()) box.checked = chosen.get(facetOf(box))?.map(low).includes(low(box.value)) ?? false;
    }
    function totals(list, isNarrow) {
      if (!root.tFoot) return;
      if (!source.sum) { root.tFoot.hidden = isNarrow; return; }
      for (const cell of root.tFoot.rows[0].cells) {
        const { bbSum, bbRatio } = cell.dataset;
        cell.dataset.bbWhole ??= cell.textContent;
        if (!isNarrow) cell.textContent = cell.dataset.bbWhole;
        else if (bbSum) cell.textContent = minus(summed(source.sum(bbSum, list)));
        else if (bbRatio) {
          const share = source.share(bbRatio.split(" "), list);
          cell.textContent = share === share ? minus(percent.replace("{number}", Math.round(share * 100))) : "";
        } else if (cell.tagName === "TD") cell.textContent = "";
      }
    }
    /* links of the page become buttons once the rows are here */
    function turn(total) {
      const last = Math.min((page + 1) * PAGE, total), said = { first: total && page * PAGE + 1, last, n: total };
      const text = pager.dataset.bbRange.replace(/\{(\w+)\}/g, (_, name) => number.format(said[name]));
      pager.querySelector("span").textContent = text;
      pager.hidden = total <= PAGE;
      if (!pager.querySelector("button")) {
        pager.querySelectorAll("a").forEach(link => link.remove());
        pager.append(step(-1, pager.dataset.bbBefore), step(1, pager.dataset.bbAfter));
      }
      const [before, after] = pager.querySelectorAll("button");
      before.disabled = page === 0;
      after.disabled = last >= total;
    }
    function step(way, label) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "bb-link", textContent: label });
      button.addEventListener("click", () => {
        page += way;
        act(false);
        root.closest(".bb-box")?.scrollIntoView({ block: "start" });
      });
      return button;
    }
    function chip([name, values]) {
      const { title = "", values: all, labels } = source.filters.get(name);
      const group = panel?.querySelector(`[data-bb-facet="${CSS.escape(name)}"]`);
      const box = value => boxes().find(one => facetOf(one) === name && one.value === value);
      const label = value => box(value)?.dataset.label ?? labels[all.indexOf(value)] ?? value;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "bb-chip bb-chip-remove";
      button.textContent = `${title || group?.querySelector("legend").textContent || ""} ${values.map(label).join(", ")}`.trim();
      button.addEventListener("click", () => { chosen.delete(name); act(); });
      return button;
    }

    function remember() {
      const query = new URLSearchParams(location.search);
      for (const name of [...query.keys()]) if (named(name) || ["find", "sort", "page"].includes(name)) query.delete(name);
      for (const [name, values] of chosen) {
        const plain = values.filter(one => !one.includes(",")), rest = values.filter(one => one.includes(","));
        if (plain.length) query.append(name, plain.join(","));
        for (const one of rest) query.append(name, one);
      }
      if (find?.value) query.set("find", find.value);
      if (sorted && (sorted.column !== start?.column || sorted.order !== start?.order)) {
        query.set("sort", `${nameOf(sorted.column)}.${sorted.order === "descending" ? "down" : "up"}`);
      }
      if (page) query.set("page", page + 1);
      const text = query.toString().replaceAll("%2C", ",");
      history.replaceState(history.state, "", location.pathname + (text && `?${text}`) + location.hash);
    }
    function restore() {
      const query = new URLSearchParams(location.search);
      for (const name of new Set(query.keys())) if (named(name)) chosen.set(name, query.getAll(name));
      if (find) find.value = query.get("find") ?? "";
      page = Math.max(0, Math.trunc(query.get("page") ?? 1) - 1 || 0);
      const [name, way] = (query.get("sort") ?? "").split(".");
      const column = heads.findIndex((head, at) => head.dataset.sortBy && nameOf(at) === name);
      if (column >= 0) sorted = { column, order: way === "down" ? "descending" : "ascending" };
      return chosen.size > 0 || column >= 0 || page > 0 || Boolean(find?.value);
    }

    function pick(box) {
      const name = facetOf(box), picked = boxes().filter(one => one.checked && facetOf(one) === name).map(one => one.value);
      const unseen = (chosen.get(name) ?? []).filter(value => !boxes().some(one => facetOf(one) === name && low(one.value) === low(value)));
      const values = [...picked, ...unseen];
      if (values.length) chosen.set(name, values); else chosen.delete(name);
      act();
    }
    /* the values that the page left out, made after the first one */
    function more(button) {
      const group = button.closest("[data-bb-facet]"), first = group.querySelector("label");
      const { values, labels, counts } = source.filters.get(group.dataset.bbFacet);
      const most = Math.max(...counts), there = new Set([...group.querySelectorAll("input")].map(box => box.value));
      const made = values.flatMap((value, at) => there.has(value) ? [] : [at]).map(at => {
        const label = first.cloneNode(true), box = label.querySelector("input");
        Object.assign(box, { value: values[at], checked: chosen.get(group.dataset.bbFacet)?.includes(values[at]) ?? false });
        box.dataset.label = label.querySelector(".bb-facet-label").textContent = labels[at];
        const [whole, part] = label.querySelectorAll("rect");
        part?.setAttribute("width", whole.getAttribute("width") * counts[at] / most);
        label.querySelector(".bb-num").textContent = counts[at];
        return label;
      });
      button.replaceWith(...made);
      made[0]?.querySelector("input").focus();
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
        sorted = { column, order: sorted?.column === column && sorted.order === first ? other : first };
        order = null;
        act();
      });
    });
    tools?.querySelectorAll(".bb-tools-script").forEach(part => { part.hidden = false; });
    if (panel) {
      panel.hidden = false;
      panel.open = matchMedia("(min-width: 60em)").matches;
      panel.addEventListener("change", event => pick(event.target));
      panel.addEventListener("click", event => {
        const button = event.target.closest("[data-bb-more]");
        if (button) source ? more(button) : read().then(() => more(button));
      });
    }
    find?.addEventListener("input", () => act());
    tools?.querySelector("[data-bb-clear]")?.addEventListener("click", () => {
      chosen.clear();
      if (find) find.value = "";
      act();
    });
    if (bbSource) for (const part of [tools, panel, root.tHead]) {
      for (const event of ["pointerenter", "focusin"]) part?.addEventListener(event, () => read().catch(() => { reading = null; }), { once: true });
    }
    if (restore()) act(false);
    else if (source) (tools || panel) && report(inOrder(), false);
    else if (count) count.textContent = counted(+bbCount, +bbCount);
  }

  document.querySelectorAll("table[data-bb-table]").forEach(table);
})();
