// Sends files in small groups, so that each is answered at once and one that fails stops nothing before it; takes what is dropped, folders too.
// Without this script the form sends all of it in one go.
"use strict";

const form = document.getElementById("send");
const MOST_FILES = 20;
const MOST_BYTES = 16 * 1024 * 1024;

async function below(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [[file, entry.fullPath.replace(/^\//, "")]];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(below))).flat();
}

function groups(files) {
  const made = [];
  let bytes = 0;
  for (const one of files) {
    const last = made.at(-1);
    if (!last || last.length === MOST_FILES || bytes + one[0].size > MOST_BYTES) {
      made.push([one]);
      bytes = one[0].size;
    } else {
      last.push(one);
      bytes += one[0].size;
    }
  }
  return made;
}

if (form) {
  const drop = form.querySelector(".drop");
  const inputs = [...form.querySelectorAll('input[type="file"]')];
  const chosen = form.querySelector(".chosen");
  const progress = form.querySelector(".progress");
  const [bar, words] = [progress.querySelector("progress"), progress.querySelector("span")];
  let dropped = [];

  const all = () => [...inputs.flatMap((input) => [...input.files].map((file) => [file, file.webkitRelativePath || file.name])), ...dropped];
  const tell = () => {
    const names = all().map(([, name]) => name);
    chosen.textContent = names.length ? `${names.length}: ${names.slice(0, 5).join(", ")}${names.length > 5 ? " …" : ""}` : "";
  };

  for (const input of inputs) input.addEventListener("change", tell);
  for (const name of ["dragenter", "dragover"])
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    dropped.push(...(await Promise.all(entries.map(below))).flat());
    tell();
  });

  form.addEventListener("submit", async (event) => {
    const files = all();
    if (event.submitter?.hasAttribute("formaction") && !dropped.length) return;
    if (!files.length) return;
    event.preventDefault();
    const to = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    progress.hidden = false;
    bar.max = files.length;
    let [done, first] = [0, null];
    for (const group of groups(files)) {
      words.textContent = `${form.dataset.sending} ${done} / ${files.length}`;
      bar.value = done;
      const body = new FormData();
      for (const [name, value] of fields) body.append(name, value);
      for (const [file, name] of group) body.append("files", file, name);
      const answer = await fetch(to, { method: "POST", body }).catch(() => null);
      const page = answer ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
      if (!answer?.ok) {
        words.textContent = page?.querySelector(".wrong")?.textContent ?? form.dataset.failed;
        for (const button of form.querySelectorAll("button")) button.disabled = false;
        return;
      }
      first ??= answer.url;
      done += group.length;
      const shown = page.getElementById("arrivals");
      if (shown) document.getElementById("arrivals").replaceWith(document.adoptNode(shown));
    }
    location.assign(first);
  });
}
