/* What Material's bundle expects before it runs: a store whose names carry the site's path. */
document.documentElement.classList.replace("no-js", "js");
var __md_scope = new URL(document.currentScript.dataset.base, location);
var __md_hash = text => [...text].reduce((h, c) => (h << 5) - h + c.charCodeAt(0), 0);
var __md_get = (key, store = localStorage, scope = __md_scope) => {
  try { return JSON.parse(store.getItem(scope.pathname + "." + key)); } catch { return null; }
};
var __md_set = (key, value, store = localStorage, scope = __md_scope) => {
  try { store.setItem(scope.pathname + "." + key, JSON.stringify(value)); } catch { /* no store: nothing is kept */ }
};
