// A form is sent once: a second press of the button does nothing. The server counts it once anyway.
"use strict";
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
// Coming back by the browser's button, it may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent;
});
// The first field with an error is where one goes on.
const wrong = document.querySelector(".field-wrong input, .field-wrong select, .field-wrong textarea");
if (wrong) wrong.focus();
// Printing, where there is a script to ask for it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
