// The next step of a form puts the cursor into its first field: whoever fills in dozens of fields keeps the hands on
// the keyboard. The fields stand in a container with the key "fields"; after them, and so drawn after them, stands one
// whose key begins with "focus_" and names the step: until it is there, the fields may still be those of the step
// before. The first step of a page is left alone, so that a reader who has just arrived is not taken away from the top.
// The framework may put another field in the place of the one that was found; for two seconds a cursor that got lost
// that way is brought back.
"use strict";
(() => {
  const PATIENCE = 2000;
  let present = null;
  let until = 0;
  const look = () => {
    const mark = document.querySelector('[class*="st-key-focus_"]');
    const fields = document.querySelector(".st-key-fields");
    const name = mark && [...mark.classList].find((part) => part.startsWith("st-key-focus_"));
    const first = fields && fields.querySelector("input, textarea");
    if (!name || !first) return;
    if (name !== present) {
      until = present === null ? 0 : performance.now() + PATIENCE;
      present = name;
      if (until) {
        fields.style.scrollMarginTop = "12rem"; // the step's heading stands above, the page's head covers the top
        fields.scrollIntoView({ block: "start" });
        first.focus({ preventScroll: true });
      }
    } else if (performance.now() < until && document.activeElement === document.body) {
      first.focus({ preventScroll: true });
    }
  };
  document.addEventListener("keydown", () => { until = 0; }, true); // whoever types has found the place
  const observed = { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] };
  new MutationObserver(look).observe(document.documentElement, observed);
})();
