// Runs before the first paint: the browser's colour mode and time zone become cookies, so that the next request is drawn right.
(() => {
  const read = name => document.cookie.split("; ").find(c => c.startsWith(name + "="))?.slice(name.length + 1);
  const write = (name, value) => {
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  };
  const theme = read("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme;
  if (read("theme") === undefined) write("theme", theme);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) write("zone", zone);
  window.consentPortal = {
    setTheme(next) {
      document.documentElement.dataset.theme = next;
      write("theme", next);
    },
  };
})();
