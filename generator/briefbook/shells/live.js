// Renews the page after each good build and lists what is wrong in the content meanwhile.
(() => {
  "use strict";
  const base = "/__briefbook/";
  const mine = document.currentScript.dataset.site;
  let panel = null;
  let told = 0; // how often something was told

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  const line = (problem) => {
    const item = element("li", `briefbook-live__${problem.severity}`);
    item.append(
      element("code", "", `${problem.file}:${problem.line}:${problem.column}`),
      element("strong", "", `${problem.severity} ${problem.rule}`),
      element("span", "", problem.message),
    );
    if (problem.hint) item.append(element("em", "", problem.hint));
    return item;
  };

  const heading = (problems, stands) => {
    const errors = problems.filter((problem) => problem.severity === "error").length;
    const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
    const counts = `${count(errors, "error")}, ${count(problems.length - errors, "warning")}`;
    return stands ? `${counts}. This is the last good site.` : `${counts}.`;
  };

  const show = ({ ok, problems }) => {
    if (panel) panel.remove();
    panel = null;
    if (problems.length === 0) return;
    panel = element("details", "briefbook-live");
    panel.open = !ok;
    const list = element("ol", "");
    list.append(...problems.map(line));
    panel.append(element("summary", "", heading(problems, !ok)), list);
    panel.setAttribute("role", "status");
    document.body.append(panel);
  };

  const style = element("link", "");
  style.rel = "stylesheet";
  style.href = `${base}live.css`;
  document.head.append(style);

  const events = new EventSource(`${base}events`);
  events.onmessage = async (event) => {
    if (JSON.parse(event.data).site !== mine) {
      location.reload();
      return;
    }
    const number = ++told;
    const answer = await fetch(`${base}problems.json`);
    const found = await answer.json();
    if (number === told) show(found); // an answer may be overtaken by the next one
  };
  addEventListener("pagehide", () => events.close());
})();
