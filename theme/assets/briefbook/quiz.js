/* The quiz is whole without this file: each answer unfolds. With it a chosen answer is marked, the
   right ones are counted, and what was answered is kept in this browser, under the question's own
   key, so that a question that has changed is asked anew. Enter checks, and goes on when checked. */
(() => {
  const root = document.querySelector("[data-bb-quiz]");
  if (!root) return;
  const says = root.dataset, name = `briefbook-quiz ${location.pathname}`;
  const score = root.querySelector("[data-bb-score]"), told = score.querySelector("strong");
  const items = [...root.querySelectorAll("[data-bb-question]")].map(item => ({
    item, key: item.dataset.bbQuestion, right: item.dataset.right,
    field: item.querySelector("fieldset"), said: item.querySelector(".bb-quiz-said"),
    button: item.querySelector("[data-bb-check]"), why: item.querySelector("details"),
    radios: [...item.querySelectorAll("input")], check: item.querySelector("[data-bb-check]").textContent,
  }));
  const kept = read();

  function read() {
    try {
      const found = JSON.parse(localStorage.getItem(name) ?? "{}");
      return new Map(Object.entries(found && typeof found === "object" ? found : {}));
    } catch { return new Map(); }
  }
  function write() {
    try { localStorage.setItem(name, JSON.stringify(Object.fromEntries(kept))); } catch { /* not kept then */ }
  }
  const words = one => one.radios.find(radio => radio.value === one.right).parentElement.textContent.trim();
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

  function show(one) {
    const value = kept.get(one.key), done = one.radios.some(radio => radio.value === value);
    for (const radio of one.radios) {
      const label = radio.parentElement, chosen = done && radio.value === value;
      if (done) radio.checked = chosen;
      label.classList.toggle("bb-quiz-right", done && radio.value === one.right);
      label.classList.toggle("bb-quiz-wrong", chosen && value !== one.right);
    }
    one.field.disabled = done;
    one.button.textContent = done ? says.next : one.check;
    one.said.textContent = done ? (value === one.right ? says.right : fill(says.wrong, { answer: words(one) })) : "";
    one.said.classList.toggle("bb-quiz-good", done && value === one.right);
  }
  const open = () => items.filter(one => !one.field.disabled);

  function count() {
    const answered = items.filter(one => one.field.disabled);
    const right = answered.filter(one => kept.get(one.key) === one.right).length;
    const text = open().length ? says.score : says.done;
    told.textContent = fill(text, { right, answered: answered.length, all: items.length });
    score.hidden = !answered.length;
  }
  function go(one) {
    const next = items.slice(items.indexOf(one) + 1).find(each => !each.field.disabled) ?? open()[0];
    if (next) {
      next.item.scrollIntoView({ block: "nearest" });
      next.radios[0].focus();
    } else told.focus();
  }
  function press(one) {
    if (one.field.disabled) return go(one);
    const chosen = one.radios.find(radio => radio.checked);
    if (!chosen) {
      one.said.textContent = says.choose;
      return one.radios[0].focus();
    }
    one.button.focus();
    kept.set(one.key, chosen.value);
    write();
    show(one);
    one.why.open = true;
    count();
  }

  for (const one of items) {
    one.button.hidden = false;
    one.button.addEventListener("click", () => press(one));
    one.field.addEventListener("keydown", event => {
      if (event.key === "Enter") { event.preventDefault(); press(one); }
    });
    show(one);
  }
  score.querySelector("button").addEventListener("click", () => {
    kept.clear();
    write();
    for (const one of items) {
      for (const radio of one.radios) radio.checked = false;
      one.why.open = false;
      show(one);
    }
    count();
    items[0].radios[0].focus();
  });
  count();
})();
