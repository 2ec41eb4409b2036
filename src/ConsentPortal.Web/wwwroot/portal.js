// The keys of the list that "?" opens: "/" searches, "g" and a letter goes to a page, Escape leaves the search field.
const typing = element => element instanceof HTMLElement
  && (element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName));
let goUntil = 0;

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target?.id === "global-search") { event.target.blur(); return; }
  if (typing(event.target) || document.querySelector(".mud-dialog")) return;

  if (goUntil > performance.now()) {
    goUntil = 0;
    const link = document.querySelector(`a[data-go="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
    return;
  }
  if (event.key === "g") { goUntil = performance.now() + 1500; return; }
  const target = { "/": "global-search", "?": "show-keys" }[event.key];
  const element = target && document.getElementById(target);
  if (!element) return;
  event.preventDefault();
  if (target === "global-search") { element.focus(); element.select(); } else element.click();
});

// The base address would turn "#main" into another page; focus is moved by hand.
document.addEventListener("click", event => {
  const skip = event.target instanceof Element && event.target.closest(".skip-link");
  if (!skip) return;
  event.preventDefault();
  document.getElementById("main")?.focus();
});
