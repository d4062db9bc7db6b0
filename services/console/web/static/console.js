// Values and the words that they were read from light up together, under the pointer and under the keyboard's focus.
"use strict";

function light(event, on) {
  const from = event.target.closest("[data-values]");
  if (!from) return;
  const wanted = from.dataset.values.split(" ");
  for (const other of document.querySelectorAll("[data-values]")) {
    if (other.dataset.values.split(" ").some((number) => wanted.includes(number))) {
      other.classList.toggle("lit", on);
    }
  }
}

for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(type, (event) => light(event, on));
}
