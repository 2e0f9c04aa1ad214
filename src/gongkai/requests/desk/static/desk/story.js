// A request's page: a mark of the timeline leads to its step in the explanation, which opens by itself.
// Without this script a browser scrolls there, and most open the explanation of their own accord.
"use strict";
function show() {
  const step = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const folded = step && step.closest("details");
  if (!folded) return;
  folded.open = true;
  step.scrollIntoView({ block: "nearest" });
  step.focus({ preventScroll: true });
}
addEventListener("hashchange", show);
addEventListener("DOMContentLoaded", show);
// On paper everything stands open, as a file does.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll(".case-main details:not([open])")) {
    folded.open = true;
    folded.dataset.openedForPrint = "";
  }
});
addEventListener("afterprint", () => {
  for (const folded of document.querySelectorAll("details[data-opened-for-print]")) {
    folded.open = false;
    delete folded.dataset.openedForPrint;
  }
});
