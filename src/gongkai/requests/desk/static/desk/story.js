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
addEventListener("DOMContentLoaded", () => {
  show();
  // On a narrow screen the timeline is wider than its room: begin at today, not at the start.
  const today = document.querySelector(".timeline-today");
  const room = document.querySelector(".timeline-room");
  if (today && room.scrollWidth > room.clientWidth) {
    room.scrollLeft += today.getBoundingClientRect().left - room.getBoundingClientRect().left - room.clientWidth / 2;
  }
});
// On paper everything stands open, as a file does.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll(".file details:not([open], .next-shut)")) {
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
