// The next step of a form puts the cursor into its first field: whoever fills in dozens of fields keeps the hands on
// the keyboard. A step is a container whose key begins with "focus_"; the first one of a page is left alone, so that a
// reader who has just arrived is not taken away from the top.
"use strict";
(() => {
  let present = null;
  const look = () => {
    const step = document.querySelector('[class*="st-key-focus_"]');
    const name = step && [...step.classList].find((part) => part.startsWith("st-key-focus_"));
    if (!name || name === present) return;
    const first = step.querySelector("input, textarea");
    if (!first) return;
    if (present !== null) first.focus();
    present = name;
  };
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
})();
