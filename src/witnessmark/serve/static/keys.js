// Keys: an element with data-key is pressed (a control) or entered (a field) by that key; data-does says what for, in the help.
// "?" shows all keys of the page, Ctrl+K goes to anything. Without this script every control still works by itself.
"use strict";

const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

function act(element) {
  if (typing(element)) {
    element.focus();
    if (element.select) element.select();
  } else element.click();
}

function showHelp() {
  const dialog = document.getElementById("help");
  if (!dialog) return;
  const list = dialog.querySelector(".keys");
  const rows = [...document.querySelectorAll("[data-key][data-does]")].map((one) => [one.dataset.key, one.dataset.does]);
  list.replaceChildren(
    ...[...new Map(rows), ["Ctrl+K", document.getElementById("anything-title")?.textContent ?? ""], ["?", dialog.querySelector("h2").textContent]].flatMap(([key, does]) => {
      const term = document.createElement("dt");
      const kbd = document.createElement("kbd");
      kbd.textContent = key;
      term.append(kbd);
      const said = document.createElement("dd");
      said.textContent = does;
      return [term, said];
    }),
  );
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    const dialog = document.getElementById("anything");
    if (dialog && !dialog.open) dialog.showModal();
    event.preventDefault();
    return;
  }
  if (event.key === "Escape" && typing(document.activeElement)) document.activeElement.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    showHelp();
    event.preventDefault();
    return;
  }
  const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (found && !found.disabled) {
    act(found);
    event.preventDefault();
  }
});
