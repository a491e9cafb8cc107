/* Links to the glossary tell what a term means in place. Without this script, or where its file
   cannot be had, they lead to the glossary. */
(() => {
  if (!HTMLElement.prototype.showPopover) return;
  let file;
  const load = link => (file ??= fetch(new URL("terms.json", link.href)).then(answer => answer.json())
    .catch(error => { file = undefined; throw error; }));

  function paragraph(lang, ...parts) {
    const made = document.createElement("p");
    if (lang) made.lang = lang;
    made.append(...parts);
    return made;
  }

  function note(link, [name, text, lang], label) {
    const made = document.createElement("div"), strong = document.createElement("strong");
    const more = document.createElement("a");
    made.className = "bb-term-note";
    made.popover = "auto";
    made.setAttribute("role", "status");
    strong.textContent = name;
    more.href = link.href;
    more.textContent = label;
    made.append(paragraph(lang, strong, " ", text), paragraph("", more));
    made.addEventListener("toggle", event => { if (event.newState === "closed") close(link, made); });
    return made;
  }

  function close(link, made) {
    link.removeAttribute("aria-expanded");
    made.remove();
  }

  async function tell(link) {
    try {
      const terms = await load(link), told = terms.of[new URL(link.href).hash.slice(1)];
      if (!told) throw new Error(`no term ${link.hash}`);
      const made = note(link, told, terms.label);
      link.after(made); /* so that it is read, and reached by Tab, where it belongs */
      made.showPopover({ source: link });
      link.setAttribute("aria-expanded", "true");
    } catch (error) {
      console.warn(error);
      location.assign(link.href);
    }
  }

  document.addEventListener("click", event => {
    const link = event.target.closest?.("a.bb-term");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!link.hasAttribute("aria-expanded")) tell(link);
  });
})();
