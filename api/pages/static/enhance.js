// What makes pages quicker where scripts run; everything works without. No state of its own: a form is
// sent as it stands and the answer's <main> takes the place of this one.
"use strict";

const main = () => document.getElementById("main");
// What the page itself shows is told to those alone who listen to it.
const news = (text, told = false) => {
  const box = document.getElementById("news");
  box.classList.toggle("told", told);
  box.textContent = text;
};
let stream = null;
let touched = false;
let turns = 0;
const here = () => location.href.split("#")[0];
let shown = here();

function words(name) {
  return main().dataset[name] || (document.documentElement.lang === "en"
    ? { away: "Could not be sent. Nothing is lost; try again.", moved: "This case has moved on.", show: "Show" }[name]
    : { away: "暂时无法提交，内容未丢失，请再试一次。", moved: "这件事有了新进展。", show: "显示" }[name]);
}

// Puts the answer's content in place, and the focus where a reader expects it.
function put(html, address, { keepFocus = false } = {}) {
  const next = new DOMParser().parseFromString(html, "text/html");
  const content = next.getElementById("main");
  if (!content) { location.assign(address); return; }
  const focused = keepFocus && document.activeElement ? document.activeElement.id : "";
  const open = [...document.querySelectorAll("details[id][open]")].map((each) => each.id);
  main().replaceWith(content);
  turns += 1;
  document.title = next.title;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (address !== location.href) history.pushState({}, "", address);
  shown = here();
  const target = document.getElementById(focused) || content.querySelector("[autofocus], [role=alert]") || content;
  target.focus({ preventScroll: keepFocus });
  if (!keepFocus) target === content ? scrollTo(0, 0) : target.scrollIntoView({ block: "center" });
  const said = content.querySelector("[role=status], [role=alert]");
  news(said ? said.textContent.trim() : next.title, true);
  touched = false;
  listen();
}

// What can be typed or chosen in a form, by the element's id.
const typed = (form) => new Map([...form.elements].filter((each) => each.id && "value" in each && each.type !== "file")
  .map((each) => [each.id, /^(checkbox|radio)$/.test(each.type) ? each.checked : each.value]));

// What somebody typed on while the same form was being drawn again.
function goOn(late) {
  for (const [id, value] of late) {
    const field = document.getElementById(id);
    if (field && "value" in field) field[typeof value === "boolean" ? "checked" : "value"] = value;
  }
}

// An answer that is no page to go on with, but says what did not work: the form and what is typed stay.
function refused(html) {
  const content = new DOMParser().parseFromString(html, "text/html").querySelector("main[data-problem]");
  if (!content) return false;
  const said = [...content.querySelectorAll("h1, h1 ~ p:not(.code):not(:last-child)")];
  news(said.map((each) => each.textContent.trim()).join(" "));
  return true;
}

async function load(address, options = {}) {
  const turn = turns;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const html = await answer.text();
  // Another page came meanwhile, such as what became of one's own step: it is that which is asked again.
  if (options.untouched && turn !== turns) { await load(location.href, options); return; }
  if (options.untouched && touched) { moved(); return; } // somebody began to type meanwhile
  put(html, answer.url, options);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("form[data-enhance]") || event.defaultPrevented) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const data = new FormData(form, button);
  const before = typed(form);
  const files = form.enctype === "multipart/form-data";
  const get = form.method === "get";
  const body = files ? data : new URLSearchParams(data);
  const address = button?.formAction && button.hasAttribute("formaction") ? button.formAction : form.action;
  try {
    const answer = get
      ? await fetch(`${address.split("?")[0]}?${new URLSearchParams(data)}`)
      : await fetch(address, { method: "POST", body });
    const keepFocus = Boolean(button?.formNoValidate);
    const html = await answer.text();
    if (!get && refused(html)) { form.removeAttribute("aria-busy"); return; }
    const late = keepFocus ? [...typed(form)].filter(([id, value]) => before.get(id) !== value) : [];
    put(html, answer.redirected || get ? answer.url : location.href, { keepFocus });
    goOn(late);
  } catch {
    form.removeAttribute("aria-busy");
    news(words("away"));
  }
});

document.addEventListener("input", (event) => {
  if (event.target.closest("form")) touched = true;
});

// What a page offers while somebody types: the form is sent as by its button that only looks, and the
// parts of the answer take the place of those before, except where somebody is at that moment.
let asked = 0;
let waits = 0;
async function suggest(form) {
  const number = ++asked;
  const data = new URLSearchParams(new FormData(form));
  data.append("_look", "1");
  const answer = await fetch(form.action, { method: "POST", body: data });
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (number !== asked || !form.isConnected) return;
  for (const part of next.querySelectorAll("[data-part]")) {
    const old = document.getElementById(part.id);
    if (!old || old.contains(document.activeElement) || old.innerHTML === part.innerHTML) continue;
    const open = [...old.querySelectorAll("details[id][open]")].map((each) => each.id);
    old.replaceChildren(...part.childNodes);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-suggest]");
  if (!form) return;
  clearTimeout(waits);
  waits = setTimeout(() => suggest(form).catch(() => {}), 400);
});

// Somebody else's step: shown at once, but never under the hands of who is typing.
function moved() {
  if (!touched) { load(location.href, { keepFocus: true, untouched: true }).catch(() => {}); return; }
  const box = document.getElementById("news");
  box.classList.remove("told");
  box.textContent = `${words("moved")} `;
  if (main().dataset.keep !== undefined) return; // what is typed would be lost; sending it tells more
  const button = document.createElement("button");
  button.textContent = words("show");
  button.addEventListener("click", () => load(location.href, { keepFocus: true }));
  box.append(button);
}

function listen() {
  stream?.close();
  stream = null;
  const address = main().dataset.live;
  if (!address) return;
  stream = new EventSource(address);
  for (const name of ["case", "inbox"]) stream.addEventListener(name, moved);
}

// Keys of a desk (listed on /desk/keys): off while somebody types, and where the browser means another.
const KEYS = { a: "[data-first]", w: 'header a[href="/desk"]', i: 'header a[href="/desk/inbox"]', "?": 'a[href="/desk/keys"]' };

function step(by) {
  const rows = [...document.querySelectorAll("a[data-row]")];
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}

function search() {
  const field = document.querySelector("[data-key=search]");
  field?.closest("details")?.setAttribute("open", "");
  field?.focus();
  return Boolean(field);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !document.body.matches(".desk")) return;
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  else if (event.key === "/" && search()) event.preventDefault();
  else if (KEYS[event.key]) document.querySelector(KEYS[event.key])?.click();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
// A link to a field of the same page changes the address too: what is typed there must stay.
addEventListener("popstate", () => {
  if (here() !== shown) load(location.href).catch(() => location.reload());
});
// A link from a message carries its code behind the #, which no server hears of: it goes into the form
// that asks for it, and out of the address.
function coded() {
  const code = location.hash.slice(1);
  const form = document.querySelector("form[data-hash]");
  if (!form || !/^[a-z2-7]{24}$/.test(code)) return;
  history.replaceState({}, "", location.pathname + location.search);
  form.elements.namedItem("code").value = code;
  form.submit();
}

addEventListener("hashchange", coded);
addEventListener("pagehide", () => stream?.close());
coded();
listen();
