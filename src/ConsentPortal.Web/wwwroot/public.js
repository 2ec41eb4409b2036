// Says while a number is typed whether it can be one. The page works without: the server says the same after sending.
for (const phone of document.querySelectorAll("input[data-check]")) {
  const said = document.getElementById("phone-said");
  const country = document.getElementById(phone.dataset.country);
  let waiting, last = "";

  const check = async () => {
    const body = new URLSearchParams({ phone: phone.value, country: country.value, lang: phone.dataset.lang });
    if (!phone.value.trim() || String(body) === last) return;
    last = String(body);
    try {
      const answer = await fetch(phone.dataset.check, { method: "POST", body });
      if (!answer.ok || String(body) !== last) return;
      const { ok, text } = await answer.json();
      said.textContent = text;
      said.classList.toggle("wrong", !ok);
      phone.toggleAttribute("aria-invalid", false);
      if (!ok) phone.setAttribute("aria-invalid", "true");
    } catch {
      // Without an answer the form is still whole.
    }
  };

  const soon = wait => () => { clearTimeout(waiting); waiting = setTimeout(check, wait); };
  // Nobody is corrected in the middle of a word: only after a pause, or on leaving the field.
  phone.addEventListener("input", soon(900));
  phone.addEventListener("blur", soon(0));
  country.addEventListener("change", soon(0));
}
