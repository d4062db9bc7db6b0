// Copies the words that a button names; without this file the button is hidden, and the words can be selected.
"use strict";

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = document.getElementById(button.dataset.copies);
    // Browsers give the clipboard to https and to this machine alone.
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(words.textContent);
      button.classList.add("done");
    } else {
      getSelection().selectAllChildren(words);
    }
  });
}
