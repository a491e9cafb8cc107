/* The search dialog over Pagefind's index: opened by click, / or Ctrl-K, wholly by keyboard. */
(() => {
  const buttons = [...document.querySelectorAll("[data-bb-search-open]")];
  if (!buttons.length || !HTMLDialogElement.prototype.showModal) return;

  /* The dialog stands in a file of its own, for no page needs it before it is asked for. */
  let made;
  async function fetched() {
    const file = new URL(buttons[0].dataset.bbSearchOpen, location);
    const answer = await fetch(file);
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const dialog = document.adoptNode(parsed.querySelector("dialog"));
    document.body.append(dialog);
    return begin(dialog, new URL(dialog.dataset.base.replace(/\/?$/, "/"), file));
  }
  const start = () => (made ??= fetched()).then(open => open())
    .catch(error => { made = undefined; console.warn(error); });

  document.addEventListener("keydown", event => {
    const typing = event.target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const combination = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!slash && !combination) return;
    event.preventDefault();
    start();
  });
  buttons.forEach(button => button.addEventListener("click", start));

  /* Brings a dialog to life; what it gives opens it. */
  function begin(dialog, base) {
    const at = selector => dialog.querySelector(selector);
    const input = at(".bb-search-input"), list = at(".bb-search-list"), status = at(".bb-search-status");
    const panel = at(".bb-search-facets"), groups = at("[data-bb-search-facets]");
    const active = at("[data-bb-search-active]"), clear = at("[data-bb-search-clear]");
    const more = at("[data-bb-search-more]");
    const words = dialog.dataset;
    const names = words.facets.split(" ");
    const PAGE = 7, LONGEST = 12; /* an account weighs some 6 kB */
    const WHOLE = 1e6; /* above any score */
    const chosen = Object.fromEntries(names.map(name => [name, new Set()]));
    let engine, reached, all = {}, found = [], shown = 0, turn = 0;

    const make = (tag, cls, text) => {
      const element = document.createElement(tag);
      if (cls) element.className = cls;
      if (text !== undefined) element.textContent = text;
      return element;
    };

    function load() {
      engine ??= Promise.all([
        import(new URL("pagefind/pagefind.js", base)),
        fetch(new URL("pagefind/facets.json", base)).then(answer => answer.json()),
      ]).then(async ([pagefind, facets]) => {
        all = facets;
        await pagefind.options({ baseUrl: base.pathname, excerptLength: 24 });
        await pagefind.init();
        return pagefind;
      }).catch(error => { engine = undefined; throw error; });
      return engine;
    }

    /* Excerpts hold <mark> and character references and nothing else that counts: all other text
       is set as text, so nothing of a page can become an element here. */
    function excerpt(html) {
      const line = make("div", "bb-search-excerpt");
      for (const part of html.split(/(<mark>.*?<\/mark>)/s)) {
        const marked = /^<mark>(.*)<\/mark>$/s.exec(part);
        if (marked) line.append(make("mark", "", decode(marked[1])));
        else line.append(decode(part));
      }
      return line;
    }
    const REFERENCES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
    const decode = text => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, ten, sixteen, name) =>
      ten ? String.fromCodePoint(ten) : sixteen ? String.fromCodePoint(parseInt(sixteen, 16))
        : REFERENCES[name] ?? whole);

    /* Where the words of an entry stand, best first: one place on each of its pages. A page that tells
       one part of another in full has no entry of its own: it begins with a heading whose id is its name,
       `people/`, and so begin those of its other headings. A page of many small parts, such as the
       glossary, is entered at the part that was meant, the others at their beginning. */
    function places(data) {
      const asked = fold(input.value.trim().toLowerCase());
      const holds = text => fold(text.replace(/<\/?mark>/g, "").toLowerCase()).includes(asked);
      const pages = data.anchors.filter(one => one.id.endsWith("/"));
      const wanted = pages.filter(one => !asked && chosen.kind.has(one.text))
        .map(anchor => ({ anchor, title: anchor.text, excerpt: data.excerpt, weighted_locations: [] }));
      const best = new Map();
      for (const one of [...data.sub_results, ...wanted]) {
        const id = one.anchor?.id ?? "", page = id.slice(0, id.indexOf("/") + 1), part = !page && data.meta.parts;
        if (part && !id) continue;
        const label = page ? pages.find(each => each.id === page).text : part && one.title;
        const rank = (chosen.kind.has(label) ? 4 * WHOLE : 0) + (holds(one.title) ? 2 * WHOLE : holds(one.excerpt) ? WHOLE : 0) + (page ? 0 : WHOLE / 2)
          + one.weighted_locations.reduce((sum, place) => sum + place.balanced_score, 0);
        if (best.get(page)?.rank >= rank) continue;
        const hash = page || part ? id.slice(page.length) : "";
        best.set(page, { rank, label, excerpt: one.excerpt, url: data.url + page + (hash && `#${hash}`) });
      }
      /* Beside a place where all was found as it was asked for, none that has a word of it. */
      const [first, ...others] = [...best.values()].sort((a, b) => b.rank - a.rank);
      return first ? [first, ...others.filter(one => one.rank >= WHOLE || first.rank < WHOLE)] : [];
    }

    function entry(data) {
      const [meant, ...others] = places(data);
      const item = make("li"), link = make("a"), top = make("div", "bb-search-top");
      link.href = meant?.url ?? data.url;
      const letter = data.filters?.class?.[0];
      if (/^[A-D]$/.test(letter ?? "")) top.append(make("span", `bb-badge bb-badge-${letter.toLowerCase()}`, letter));
      top.append(make("span", "bb-search-title", [data.meta.title ?? data.url, meant?.label].filter(Boolean).join(" › ")));
      const { kind = [], industry = [], owner = [] } = data.filters ?? {};
      top.append(make("span", "bb-search-kind", [...new Set([...kind.slice(0, 1), ...industry, ...owner])].slice(0, 3).join(" · ")));
      link.append(top, excerpt((meant ?? data).excerpt));
      item.append(link, ...others.map(other => {
        const also = make("a", "bb-search-also", other.label ?? kind[0] ?? data.meta.title);
        also.href = other.url;
        return also;
      }));
      return item;
    }

    async function page(mine) {
      const batch = await Promise.all(found.slice(shown, shown + PAGE).map(result => result.data()));
      if (mine !== turn) return;
      list.append(...batch.map(entry));
      shown += batch.length;
      more.hidden = shown >= found.length;
    }

    /* How often each value of a facet is found. Undefined until it is known which pages carry which:
       that is much to fetch in a large portfolio, so it waits for a hand that reaches for the facets. */
    function counts(name, result) {
      if (!result) return all[name];
      if (!Object.keys(all).every(each => result.totalFilters[each])) return undefined;
      return (chosen[name].size ? result.totalFilters : result.filters)[name];
    }

    function reach() {
      reached ??= load().then(pagefind => pagefind.filters()).then(recount)
        .catch(error => { reached = undefined; console.warn(error); });
    }

    /* Numbers alone: no row moves below the hand. */
    async function recount() {
      const mine = turn, result = await asked(await load());
      if (mine !== turn) return;
      for (const box of groups.querySelectorAll("input")) {
        box.parentElement.lastChild.textContent = counts(box.name, result)?.[box.value] ?? 0;
      }
    }

    function facet(name, counted) {
      const values = Object.entries(all[name] ?? {}).map(([value, total]) => [value, counted ? counted[value] ?? 0 : total]);
      const kept = values.filter(([value, count]) => count || chosen[name].has(value))
        .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], document.documentElement.lang)).slice(0, LONGEST);
      if (!kept.length) return [];
      const field = make("fieldset");
      field.append(make("legend", "", words[`facet${name[0].toUpperCase()}${name.slice(1)}`] || name));
      for (const [value, count] of kept) {
        const label = make("label"), box = make("input");
        box.type = "checkbox";
        box.name = name;
        box.value = value;
        box.checked = chosen[name].has(value);
        label.append(box, make("span", "", value), make("span", "bb-num", counted && count));
        field.append(label);
      }
      return [field];
    }

    function facets(result) {
      const focused = document.activeElement?.closest?.(".bb-search-facets label input");
      groups.replaceChildren(...names.flatMap(name => facet(name, counts(name, result))));
      const count = names.reduce((sum, name) => sum + chosen[name].size, 0);
      active.textContent = count ? `(${count})` : "";
      clear.hidden = !count;
      panel.hidden = !groups.childElementCount;
      if (focused) {
        groups.querySelector(`input[name="${focused.name}"][value="${CSS.escape(focused.value)}"]`)?.focus();
      }
    }

    const fold = text => text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
    async function ask(pagefind, query, filters) {
      const result = await pagefind.search(query || null, { filters });
      const plain = fold(query);
      return result.results.length || plain === query ? result : pagefind.search(plain, { filters });
    }

    /* The answer to what stands in the field and is ticked; undefined if nothing is asked. */
    async function asked(pagefind) {
      const query = input.value.trim().normalize("NFC");
      const filters = Object.fromEntries(names.filter(name => chosen[name].size)
        .map(name => [name, { any: [...chosen[name]] }]));
      return query || Object.keys(filters).length ? ask(pagefind, query, filters) : undefined;
    }

    async function search() {
      const mine = ++turn;
      try {
        if (!engine) status.textContent = words.loading;
        const result = await asked(await load());
        if (mine !== turn) return;
        found = result?.results ?? [];
        shown = 0;
        const held = links().indexOf(document.activeElement); /* a late answer leaves who walks the list where they were */
        list.replaceChildren();
        more.hidden = true;
        facets(result);
        if (reached && !counts(names[0], result)) reached.then(recount);
        status.textContent = !result ? words.start : !found.length ? words.none.replace("{q}", input.value.trim())
          : found.length === 1 ? words.one : words.many.replace("{n}", found.length);
        await page(mine);
        if (held >= 0 && mine === turn) (links()[held] ?? input).focus();
      } catch (error) {
        if (mine === turn) status.textContent = words.failed;
        console.warn(error);
      }
    }

    let waiting;
    const later = () => { clearTimeout(waiting); waiting = setTimeout(search, 120); };
    const links = () => [...list.querySelectorAll("a")];
    function open() {
      if (dialog.open) return input.select();
      panel.open = matchMedia("(min-width: 45em)").matches;
      dialog.showModal();
      input.focus();
      input.select();
      search();
    }
    function walk(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const here = links().indexOf(document.activeElement);
      if (!step || (here < 0 && document.activeElement !== input)) return;
      event.preventDefault();
      const target = here + step;
      if (target < 0) input.focus();
      else links()[target]?.focus();
    }

    at("[data-bb-search-close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("keydown", event => {
      if (!dialog.open) return; /* focus leaves a closed dialog only with the next frame */
      event.stopPropagation(); /* Material's own keys stay out of the dialog */
      if (event.key === "Escape") { event.preventDefault(); dialog.close(); }
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); input.select(); }
      walk(event);
    });
    input.addEventListener("input", later);
    at("form").addEventListener("submit", event => { event.preventDefault(); links()[0]?.click(); });
    ["pointerenter", "focusin"].forEach(name => panel.addEventListener(name, reach));
    groups.addEventListener("change", ({ target }) => {
      if (target.checked) chosen[target.name].add(target.value);
      else chosen[target.name].delete(target.value);
      search();
    });
    clear.addEventListener("click", () => {
      names.forEach(name => chosen[name].clear());
      search();
      input.focus();
    });
    more.addEventListener("click", async () => {
      const next = shown;
      await page(turn);
      links()[next]?.focus();
    });
    return open;
  }
})();
