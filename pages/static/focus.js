// The next step of a form puts the cursor into its first field: whoever fills in dozens of fields keeps the hands on
// the keyboard. The fields stand in a container with the key "fields"; after them, and so drawn after them, stands one
// whose key begins with "focus_", which names the step and holds the buttons that lead on: until it is there, the
// fields may still be those of the step before. From the key or the button that leads on until then, whatever is typed
// is kept and goes into the new fields: in the old ones it would be a score for the wrong question. On a busy machine
// the framework shows the new fields beside the old ones for a moment; nothing goes anywhere until the last old one has
// left the page.
// The first step of a page is left alone, so that a reader who has just arrived is not taken away from the top. The
// framework may put another field in the place of the one that was found; for two seconds a cursor that got lost that
// way is brought back.
"use strict";
(() => {
  const PATIENCE = 2000;
  const LONGEST_WAIT = 20000;
  let present = null;
  let until = 0;
  let waiting = null; // { left, typed, since } while the next step is on its way

  const mark = () => document.querySelector('[class*="st-key-focus_"]');
  const step = () => [...(mark()?.classList ?? [])].find((part) => part.startsWith("st-key-focus_"));
  const fields = () => [...document.querySelectorAll(".st-key-fields input, .st-key-fields textarea")];
  const keyOf = (field) =>
    [...(field.closest('[class*="st-key-"]')?.classList ?? [])].find((part) => part.startsWith("st-key-"));

  const leave = () => {
    waiting = { left: new Set(fields().map(keyOf)), typed: [], since: performance.now() };
    document.activeElement?.blur(); // what stands in the field is sent before the step is left
  };

  const typeAhead = (typed) => {
    const places = fields();
    let at = 0;
    for (const key of typed) {
      if (key === "Tab" && (at += 1) >= places.length) {
        document.activeElement?.blur(); // the last field is left as well
        mark()?.querySelector("button:not([disabled])")?.focus({ preventScroll: true });
      } else if (key === "Tab") {
        places[at].focus({ preventScroll: true });
        places[at].select();
      } else if (at < places.length) {
        if (key === "Backspace") document.execCommand("delete");
        else document.execCommand("insertText", false, key);
      }
    }
  };

  const look = () => {
    const name = step();
    const first = fields()[0];
    if (!name || !first) return;
    if (name !== present) {
      if (waiting && fields().some((field) => waiting.left.has(keyOf(field)))) return;
      until = present === null ? 0 : performance.now() + PATIENCE;
      present = name;
      if (until) {
        const box = first.closest(".st-key-fields");
        box.style.scrollMarginTop = "12rem"; // the step's heading stands above, the page's head covers the top
        box.scrollIntoView({ block: "start" });
        first.focus({ preventScroll: true });
        first.select();
        const typed = waiting?.typed ?? [];
        waiting = null;
        if (typed.length) typeAhead(typed);
      }
    } else if (performance.now() < until && document.activeElement === document.body) {
      first.focus({ preventScroll: true });
    }
  };

  const onKey = (event) => {
    until = 0; // whoever types has found the place
    if (!step() || performance.now() - (waiting?.since ?? 0) > LONGEST_WAIT) waiting = null;
    const on = mark()?.querySelector("button"); // the first one leads on
    if (!waiting && event.key === "Enter" && event.ctrlKey && on && !on.disabled) {
      leave();
    } else if (waiting && !event.ctrlKey && !event.altKey && !event.metaKey) {
      if (event.key.length > 1 && event.key !== "Tab" && event.key !== "Backspace") return;
      waiting.typed.push(event.key);
      event.preventDefault();
      event.stopPropagation();
    }
  };
  // A form that was opened, by a link or by the one before, puts the cursor into the field with the key "cursor_…", once
  // for each name: whoever asked for the form wants to type. Enter in a field with the key "enter_saves" saves: the
  // framework sends what was typed, then the button is pressed as by hand. The form's own token keeps a second press
  // from storing twice.
  let placed = null;
  let placing = 0;
  const place = () => {
    const mark = document.querySelector('[class*="st-key-cursor_"]');
    const name = mark && [...mark.classList].find((part) => part.startsWith("st-key-cursor_"));
    const field = mark?.querySelector("input");
    if (name && !field) return;
    if (name && name !== placed) placing = performance.now() + PATIENCE;
    const isNew = name && name !== placed;
    placed = name;
    if (isNew || (field && performance.now() < placing && document.activeElement === document.body)) field.focus();
  };
  const saveOnEnter = (event) => {
    placing = 0;
    const alone = !event.repeat && !event.isComposing && !event.ctrlKey && !event.altKey && !event.shiftKey;
    if (event.key !== "Enter" || !alone || !event.target.closest?.(".st-key-enter_saves")) return;
    setTimeout(() => document.querySelector(".st-key-saves_on_enter button:not([disabled])")?.click(), 0);
  };
  document.addEventListener("keydown", saveOnEnter);
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("click", (event) => {
    if (mark()?.contains(event.target) && event.target.closest("button:not([disabled])")) leave();
  }, true);
  const observed = { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] };
  const both = () => {
    look();
    place();
  };
  new MutationObserver(both).observe(document.documentElement, observed);
  both();
})();
