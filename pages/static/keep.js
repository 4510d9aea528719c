// What stands in a field that was not left yet is not lost. Texts of several lines and the form for values are sent
// after a second without a key, so that the server keeps them as a draft (the lines of other forms are sent by
// themselves). The framework takes Ctrl+Enter (in a single line Enter) for "done with it"; the cursor stays where it is.
// A page that is left takes its last message with it. So the tab puts aside what was typed in its last seconds and
// types it again when the same field is there after a reload.
// The steps of a rating send their fields themselves (focus.js).
"use strict";
(() => {
  const PAUSE = 1000;
  const UNDER_WAY = 5000; // for so long what was sent may not have arrived
  const LONGEST_WAIT = 30000;
  const ASIDE = "zukunftsplan.aside";
  let last = null; // { field, at } of the newest key in a field that was not left since
  let timer = 0;

  const isField = (element) =>
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && ["text", "email", "url", "tel"].includes(element.type));
  const ours = (element) =>
    isField(element) &&
    element.getAttribute("role") !== "combobox" &&
    element.closest('[data-testid="stTextInput"], [data-testid="stTextArea"]') &&
    !element.closest(".st-key-fields");
  const waits = (element) => element instanceof HTMLTextAreaElement || element.closest('[class*="st-key-eingabe-"]');
  // The key of a field without what differs from one opening of its form to the next.
  const keyOf = (field) =>
    [...(field.closest('[class*="st-key-"]')?.classList ?? [])]
      .find((part) => part.startsWith("st-key-"))
      ?.replace(/-[0-9a-f]{6}-/, "-*-")
      .replace(/-[0-9]+$/, "-*");

  const send = () => {
    clearTimeout(timer);
    if (!last?.field.isConnected) return;
    const several = last.field instanceof HTMLTextAreaElement;
    const told = { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: several, bubbles: true, cancelable: true };
    last.field.dispatchEvent(new KeyboardEvent("keydown", told));
  };

  const putAside = () => {
    if (!last?.field.isConnected || performance.now() - last.at > UNDER_WAY) return;
    const told = { place: location.pathname, key: keyOf(last.field), text: last.field.value, at: Date.now() };
    if (told.key) sessionStorage.setItem(ASIDE, JSON.stringify(told));
  };

  const typeAgain = () => {
    const told = JSON.parse(sessionStorage.getItem(ASIDE) ?? "null");
    sessionStorage.removeItem(ASIDE);
    if (!told || told.place !== location.pathname || Date.now() - told.at > LONGEST_WAIT) return;
    const until = performance.now() + LONGEST_WAIT;
    const look = () => {
      if (performance.now() > until || last) return;
      const there = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
      const field = [...document.querySelectorAll("input, textarea")].find((one) => ours(one) && keyOf(one) === told.key);
      if (!there || !field) {
        setTimeout(look, 100);
      } else if (field.value !== told.text) {
        field.focus();
        field.select();
        document.execCommand(told.text ? "insertText" : "delete", false, told.text);
        send();
      }
    };
    look();
  };

  document.addEventListener("input", (event) => {
    if (!event.isTrusted || !ours(event.target)) return;
    last = { field: event.target, at: performance.now() };
    clearTimeout(timer);
    if (waits(event.target) && !event.isComposing) timer = setTimeout(send, PAUSE);
  }, true);
  document.addEventListener("focusout", (event) => {
    if (event.target === last?.field) last = null; // the framework sends what is left
  }, true);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
  window.addEventListener("pagehide", putAside);
  typeAgain();
})();
