// The lists by keyboard: up and down move from row to row, Enter opens the request.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("[data-rows] > .case")];
  const at = () => rows().indexOf(document.activeElement.closest?.(".case"));
  const go = (row) => row?.querySelector("a")?.focus();

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, button, dialog, [contenteditable], .sidebar")) return;
    const list = rows();
    if (!list.length) return;
    const present = at();
    if (event.key === "ArrowDown") go(list[Math.min(present + 1, list.length - 1)]);
    else if (event.key === "ArrowUp") go(list[present < 0 ? 0 : Math.max(present - 1, 0)]);
    else return;
    event.preventDefault();
  });
})();
