// The reader: a stretch of the text and the claims read in it find each other, j and k step through claims, and words selected in the text go into the
// field that was chosen last. Without this script spans and claims are links to each other, and words are typed.
"use strict";

const textOf = (claim) => document.querySelectorAll(`[data-claims~="${CSS.escape(claim)}"]`);
const cardOf = (claim) => document.getElementById(`c-${claim}`);
let field = null;

function light(claims, { scroll = "" } = {}) {
  document.querySelectorAll(".now").forEach((one) => one.classList.remove("now"));
  claims.forEach((claim) => {
    textOf(claim).forEach((one) => one.classList.add("now"));
    cardOf(claim)?.classList.add("now");
  });
  const to = scroll === "card" ? cardOf(claims.at(-1)) : scroll === "text" ? textOf(claims[0])[0] : null;
  to?.scrollIntoView({ block: "nearest" });
  if (scroll === "card") to?.focus({ preventScroll: true });
}

function step(by) {
  const cards = [...document.querySelectorAll("article.claim")];
  if (!cards.length) return;
  const at = cards.findIndex((card) => card.classList.contains("now") || card.classList.contains("focus"));
  const card = cards[Math.min(Math.max(at + by, 0), cards.length - 1)];
  cards.forEach((one) => one.classList.remove("focus"));
  const claim = card.id.slice(2);
  light([claim], { scroll: "card" });
  textOf(claim)[0]?.scrollIntoView({ block: "center" });
}

// The place of a point of a selection in the document's text, in code points as the record counts them.
function placeOf(node, offset) {
  const run = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset] ?? node).closest?.("[data-at]");
  if (!run) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : "";
  return Number(run.dataset.at) + [...before].length;
}

function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const within = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-text]");
  const sheet = within(range.startContainer);
  if (!sheet || sheet !== within(range.endContainer)) return null;
  const copy = range.cloneContents();
  copy.querySelectorAll(".cut, .other, .label").forEach((one) => one.remove());
  const words = copy.textContent;
  const lead = words.length - words.trimStart().length;
  const at = placeOf(range.startContainer, range.startOffset);
  return words.trim() ? { words: words.trim(), at: at === null ? null : at + [...words.slice(0, lead)].length } : null;
}

function take({ words, at }) {
  const adding = document.querySelector("#adding textarea");
  const into = field && field.closest("details")?.open ? field : adding;
  if (!into) return;
  const meaning = into.value.includes("=") ? ` ${into.value.slice(into.value.indexOf("="))}` : "";
  const entries = into.value.includes(";") && into.value.trim().endsWith(";") ? `${into.value.trim()} ` : "";
  into.value = into === adding ? words : entries ? entries + words : words.replace(/\s+/gu, " ") + meaning;
  const near = document.getElementById(into.dataset.takesWords);
  if (near) near.value = at ?? "";
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-takes-words]")) field = event.target;
});
document.addEventListener("mouseup", () => setTimeout(() => { const found = selected(); if (found) take(found); }));
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && document.activeElement.matches("article.claim")) document.activeElement.querySelector("h2 a").click();
});
document.addEventListener("keyup", (event) => { if (event.shiftKey) { const found = selected(); if (found) take(found); } });
document.addEventListener("input", (event) => {
  const near = event.isTrusted && event.target.matches("[data-takes-words]") && document.getElementById(event.target.dataset.takesWords);
  if (near && !event.target.value.trim()) near.value = "";
});
document.addEventListener("click", (event) => {
  const stepping = event.target.closest("[data-step]");
  if (stepping) { step(Number(stepping.dataset.step)); return; }
  const summary = event.target.closest("#editing > summary, #adding > summary");
  if (summary) setTimeout(() => summary.parentElement.open && summary.parentElement.querySelector("textarea, select, input:not([type=hidden])")?.focus());
  const mark = event.target.closest("[data-claims]");
  if (mark && cardOf(mark.dataset.claims.split(" ")[0])) {
    event.preventDefault();
    if (document.getSelection()?.isCollapsed ?? true) light(mark.dataset.claims.split(" "), { scroll: "card" });
    return;
  }
  if (mark) event.preventDefault();
  const back = event.target.closest(".to-text");
  if (back) {
    event.preventDefault();
    light([back.getAttribute("href").slice(3)]);
    textOf(back.getAttribute("href").slice(3))[0]?.scrollIntoView({ block: "center" });
  }
});
const focused = document.querySelector("article.claim.focus");
if (focused) {
  light([focused.id.slice(2)]);
  focused.scrollIntoView({ block: "nearest" });
  textOf(focused.id.slice(2))[0]?.scrollIntoView({ block: "center" });
}
const first = document.querySelector(".one-claim .begins + .lit");
if (first) {
  const sheet = first.closest(".sheet");
  if (sheet.scrollHeight > sheet.clientHeight) sheet.scrollTop = first.offsetTop - sheet.offsetTop - sheet.clientHeight / 3;
  else if (first.getBoundingClientRect().bottom > innerHeight) first.scrollIntoView({ block: "center" });
}
