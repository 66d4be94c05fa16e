"use strict";
// Swipe and blink on the analyst's bench. Without this script the pictures stand side by side.
const BLINK = 700; // milliseconds a picture stays

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.setAttribute("aria-pressed", "false");
  made.addEventListener("click", () => act(made));
  return made;
}

function pressed(made, is) {
  made.setAttribute("aria-pressed", String(is));
}

function enliven(swipe) {
  const layers = swipe.querySelector(".layers");
  const after = swipe.querySelector(".after");
  const where = swipe.querySelector(".where");
  const edge = document.createElement("div");
  edge.className = "edge";
  layers.append(edge);
  swipe.classList.add("live");
  where.hidden = true;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = "100";
  slider.value = "50";
  slider.setAttribute("aria-label", "How much of the picture before is shown, from the left");
  const cut = (share) => layers.style.setProperty("--cut", `${share}%`);
  slider.addEventListener("input", () => cut(slider.value));
  layers.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && event.buttons === 0) return;
    const box = layers.getBoundingClientRect();
    slider.value = String(Math.max(0, Math.min(100, ((event.clientX - box.left) / box.width) * 100)));
    cut(slider.value);
  });
  let blinking = 0;
  const blink = button("Blink", (made) => {
    if (blinking) {
      clearInterval(blinking);
      blinking = 0;
      after.hidden = false;
      cut(slider.value);
      edge.hidden = false;
    } else {
      cut(0);
      edge.hidden = true;
      blinking = setInterval(() => { after.hidden = !after.hidden; }, BLINK);
    }
    pressed(made, blinking !== 0);
  });
  const marks = button("Show what is over the threshold", (made) => {
    where.hidden = !where.hidden;
    pressed(made, !where.hidden);
  });
  const controls = document.createElement("div");
  controls.className = "controls";
  controls.append("before", slider, "after", blink, marks);
  swipe.prepend(controls);
}

document.querySelectorAll("[data-swipe]").forEach(enliven);
