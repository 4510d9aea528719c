// A frozen presentation fills the window from within its frame (src/metrics/ui/presented.py) and runs without a server.
// This side keeps it alive, gives it the keyboard whatever else was clicked, and leads out of it when it asks.
"use strict";
(() => {
  const frame = () => document.querySelector(".st-key-vorfuehrung iframe");
  const wayOut = () => document.querySelector(".st-key-vorfuehrung_ende button");

  addEventListener("message", (event) => {
    if (event.data === "zukunftsplan:leave" && event.source === frame()?.contentWindow) wayOut()?.click();
  });

  // Where the server is gone the framework opens a dialog, which the frame covers, and makes all the rest inert.
  new MutationObserver(() => {
    for (let part = frame(); part; part = part.parentElement) {
      part.inert = false;
      part.removeAttribute("aria-hidden");
    }
  }).observe(document, { subtree: true, attributeFilter: ["inert", "aria-hidden"] });

  addEventListener(
    "keydown",
    (event) => {
      const inside = frame()?.contentWindow;
      if (!inside || event.key === "Tab" || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target.closest?.(".st-key-vorfuehrung_ende")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      inside.focus();
      const { key, code, shiftKey } = event;
      inside.document.body.dispatchEvent(new inside.KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true }));
    },
    true,
  );
})();
