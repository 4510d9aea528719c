// The next step of a form puts the cursor into its first field: whoever fills in dozens of fields keeps the hands on
// the keyboard. A step is a container whose key begins with "focus_"; the first one of a page is left alone, so that a
// reader who has just arrived is not taken away from the top. The framework may put another field in the place of the
// one that was found; for two seconds a cursor that got lost that way is brought back.
"use strict";
(() => {
  const PATIENCE = 2000;
  let present = null;
  let until = 0;
  const look = () => {
    const step = document.querySelector('[class*="st-key-focus_"]');
    const name = step && [...step.classList].find((part) => part.startsWith("st-key-focus_"));
    const first = step && step.querySelector("input, textarea");
    if (!name || !first) return;
    if (name !== present) {
      until = present === null ? 0 : performance.now() + PATIENCE;
      present = name;
      if (until) {
        step.style.scrollMarginTop = "12rem"; // the step's heading stands above, the page's head covers the top
        step.scrollIntoView({ block: "start" });
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
