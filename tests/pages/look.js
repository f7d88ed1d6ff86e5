// What a page shows to a visitor, as far as a program can tell. One expression: a function of the
// page's language.
(language) => {
  const EXEMPT = "code, kbd, samp, pre, script, style, template, [translate=no]";
  const FOREIGN = {
    zh: /(?:[A-Za-z][A-Za-z'’-]*[ ,.;:!?()]+){3,}[A-Za-z]{2,}/,
    en: /\p{Script=Han}+/u,
  }[language];
  const faults = [];

  const own = (element) => {
    const named = element.closest("[lang]");
    return (!named || named.getAttribute("lang").startsWith(language)) && !element.closest(EXEMPT);
  };
  const foreign = (text, element, what) => {
    const found = FOREIGN.exec(text ?? "");
    if (found && own(element)) {
      faults.push(`the other language in ${what}: “${found[0].slice(0, 60)}”`);
    }
  };

  if (!document.title.trim()) faults.push("no title");
  if (language === "en" && !/[A-Za-z]{3}/.test(document.title)) faults.push("the title is not in English");
  if (!document.documentElement.lang.startsWith(language)) {
    faults.push(`the language is “${document.documentElement.lang}”, not ${language}`);
  }
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) faults.push(`${headings} first headings`);
  const width = document.scrollingElement.scrollWidth;
  if (width > window.innerWidth || width > screen.width) {
    const wide = [...document.querySelectorAll("main *")].find(
      (each) => each.getBoundingClientRect().right > screen.width + 1);
    faults.push(`scrolls sideways: ${width} wide${wide ? `, first ${wide.outerHTML.slice(0, 80)}` : ""}`);
  }
  if (document.querySelector("[style]:not(svg *), style, script:not([src])")) {
    faults.push("a style or a script stands in the page");
  }

  // On a phone such a table has no head: a number without its name says nothing.
  for (const cell of document.querySelectorAll("table.stacked td.number")) {
    const head = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
    if (cell.dataset.label !== head.textContent) {
      faults.push(`a number “${cell.textContent.slice(0, 20)}” under “${head.textContent}” is labelled “${cell.dataset.label}”`);
    }
  }

  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: element, data } = texts.currentNode;
    if (!element.closest("noscript, title")) foreign(data, element, `<${element.localName}>`);
  }
  for (const name of ["alt", "aria-label", "data-label", "placeholder", "title"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      foreign(element.getAttribute(name), element, name);
    }
  }
  return faults;
}
