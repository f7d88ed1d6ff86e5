// What makes pages quicker where scripts run; everything works without. No state of its own: a form is
// sent as it stands and the answer's <main> takes the place of this one.
"use strict";

const main = () => document.getElementById("main");
const news = (text) => { document.getElementById("news").textContent = text; };
let stream = null;
let touched = false;
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
  document.title = next.title;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (address !== location.href) history.pushState({}, "", address);
  shown = here();
  const target = document.getElementById(focused) || content.querySelector("[autofocus], [role=alert]") || content;
  target.focus({ preventScroll: keepFocus });
  if (!keepFocus) scrollTo(0, 0);
  const said = content.querySelector("[role=status], [role=alert]");
  news(said ? said.textContent.trim() : next.title);
  touched = false;
  listen();
}

async function load(address, options) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  put(await answer.text(), answer.url, options);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("form[data-enhance]") || event.defaultPrevented) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const data = new FormData(form, button);
  const files = form.enctype === "multipart/form-data";
  const get = form.method === "get";
  const body = files ? data : new URLSearchParams(data);
  const address = button?.formAction && button.hasAttribute("formaction") ? button.formAction : form.action;
  try {
    const answer = get
      ? await fetch(`${address.split("?")[0]}?${new URLSearchParams(data)}`)
      : await fetch(address, { method: "POST", body });
    put(await answer.text(), answer.redirected || get ? answer.url : location.href);
  } catch {
    form.removeAttribute("aria-busy");
    news(words("away"));
  }
});

document.addEventListener("input", (event) => {
  if (event.target.closest("form")) touched = true;
});

// Somebody else's step: shown at once, but never under the hands of who is typing.
function moved() {
  if (!touched) { load(location.href, { keepFocus: true }).catch(() => {}); return; }
  const box = document.getElementById("news");
  box.textContent = `${words("moved")} `;
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
  stream.addEventListener("case", moved);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
// A link to a field of the same page changes the address too: what is typed there must stay.
addEventListener("popstate", () => {
  if (here() !== shown) load(location.href).catch(() => location.reload());
});
addEventListener("pagehide", () => stream?.close());
listen();
