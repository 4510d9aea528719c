// German for the framework's own texts (Streamlit 1.67 knows English only) while the address does not say lang=en.
//
// Whole phrases cannot be mistaken for somebody's data and are translated wherever they stand. Single words are
// translated only outside of what people typed: a measure may be called "Open". Blanks {} keep what stands in them.
// The three tables are JSON between their braces: a test looks every English text up in the installed framework.
"use strict";
(() => {
  const PHRASES = {
    "Skip to main content": "Zum Hauptinhalt springen",
    "Navigate to home page": "Zur Startseite",
    "Main menu": "Hauptmenü",
    "App pages": "Seiten der Anwendung",
    "Expand sidebar": "Seitenleiste öffnen",
    "Collapse sidebar": "Seitenleiste schließen",
    "(opens in new tab)": "(öffnet neuen Tab)",
    "Scroll tabs left": "Reiter nach links schieben",
    "Scroll tabs right": "Reiter nach rechts schieben",
    "View less": "Weniger anzeigen",
    "view less": "weniger anzeigen",
    "view more": "mehr anzeigen",
    "Link to heading": "Verweis auf diese Überschrift",
    "Use system setting": "Wie im System eingestellt",
    "Clear cache": "Zwischenspeicher leeren",
    "Clear caches": "Zwischenspeicher leeren",
    "Record screen": "Bildschirm aufnehmen",
    "Stop recording": "Aufnahme beenden",
    "Record a screencast": "Bildschirm aufnehmen",
    "Also record audio": "Ton mit aufnehmen",
    "Start recording!": "Aufnahme starten",
    "Get help": "Hilfe",
    "Report a bug": "Fehler melden",
    "Auto rerun": "Selbsttätig neu laden",
    "Running...": "Wird aktualisiert …",
    "Stopping...": "Wird angehalten …",
    "File change.": "Die Anwendung wurde geändert.",
    "Always rerun": "Immer neu laden",

    "Connection error": "Verbindung unterbrochen",
    "Connecting to Streamlit server": "Verbindung zum Zukunftsplan wird aufgebaut",
    "Unable to connect to Streamlit server": "Keine Verbindung zum Zukunftsplan",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": "Der Zukunftsplan antwortet nicht. Ihre Eingaben auf dieser Seite bleiben erhalten, solange sie geöffnet ist; sobald das Programm wieder läuft, geht es hier weiter. Falls Sie es selbst betreiben, starten Sie es neu:",
    "streamlit run yourscript.py": "make run",
    "Streamlit server is not responding. Are you connected to the internet?": "Der Zukunftsplan antwortet nicht. Ihre Eingaben auf dieser Seite bleiben erhalten, solange sie geöffnet ist; sobald die Verbindung wieder steht, geht es hier weiter. Dauert es länger, hilft die Betreuung der Anwendung.",
    "Connection timed out.": "Der Zukunftsplan hat nicht rechtzeitig geantwortet.",
    "Connection lost. Please wait for the app to reconnect, then try again.": "Die Verbindung ist unterbrochen. Bitte warten Sie, bis sie wieder steht, und versuchen Sie es dann erneut.",
    "Unknown Error": "Unbekannter Fehler",
    "Bad message format": "Unlesbare Nachricht vom Zukunftsplan",
    "Script execution error": "Fehler in der Anwendung",
    "Try again": "Erneut versuchen",
    "Continue anyway": "Trotzdem fortfahren",
    "Page not found": "Seite nicht gefunden",
    "The page that you have requested does not seem to exist. Running the app's main page.": "Diese Seite gibt es nicht. Stattdessen sehen Sie die Startseite.",
    "This field is required.": "Bitte ausfüllen.",
    "(required)": "(Pflichtfeld)",
    "Press Enter to submit form": "Mit Eingabetaste absenden",
    "Press Enter to apply": "Mit Eingabetaste übernehmen",
    "Press Ctrl+Enter to submit form": "Mit Strg+Eingabetaste absenden",
    "Press Ctrl+Enter to apply": "Mit Strg+Eingabetaste übernehmen",
    "Press ⌘+Enter to submit form": "Mit ⌘+Eingabetaste absenden",
    "Press ⌘+Enter to apply": "Mit ⌘+Eingabetaste übernehmen",
    "Choose an option": "Bitte auswählen",
    "Choose options": "Bitte auswählen",
    "Choose or add an option": "Auswählen oder hinzufügen",
    "Choose or add options": "Auswählen oder hinzufügen",
    "No options to select": "Nichts zur Auswahl",
    "No options to select.": "Nichts zur Auswahl.",
    "No results": "Keine Treffer",
    "Select all": "Alle auswählen",
    "Selected values": "Ausgewählt",
    "Clear value": "Auswahl löschen",
    "Clear entry": "Eingabe löschen",
    "Clear all": "Alle abwählen",
    "Show password": "Kennwort anzeigen",
    "Hide password": "Kennwort verbergen",
    "Choose date": "Datum wählen",
    "Choose date range": "Zeitraum wählen",
    "Choose date and time": "Datum und Uhrzeit wählen",
    "Clear date": "Datum löschen",
    "Clear dates": "Zeitraum löschen",
    "Clear date and time": "Datum und Uhrzeit löschen",
    "Clear time": "Uhrzeit löschen",
    "Quick select a date range": "Zeitraum schnell wählen",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": "Mit den Pfeiltasten durch die Tage, Eingabetaste wählt, Escape schließt.",
    "Drag and drop a file here": "Datei hierher ziehen",
    "Drag and drop files here": "Dateien hierher ziehen",
    "Add files": "Dateien hinzufügen",
    "file upload": "Datei hochladen",
    "Too many files": "Zu viele Dateien",
    "Only one file is allowed.": "Nur eine Datei ist erlaubt.",
    "Unexpected error. Please try again.": "Unerwarteter Fehler. Bitte versuchen Sie es noch einmal.",
    "Click to retry upload": "Erneut hochladen",
    "Download failed": "Herunterladen fehlgeschlagen",
    "Number is below the allowed range.": "Die Zahl ist zu klein.",
    "Number is above the allowed range.": "Die Zahl ist zu groß.",
    "Previous page": "Vorige Seite",
    "Next page": "Nächste Seite",
    "Close fullscreen": "Vollbild schließen",
    "Show/hide columns": "Spalten ein- und ausblenden",
    "Download as CSV": "Als CSV herunterladen",
    "Clear selection": "Auswahl aufheben",
    "Add row": "Zeile hinzufügen",
    "Delete row(s)": "Zeilen löschen",
    "Sort ascending": "Aufsteigend sortieren",
    "Sort descending": "Absteigend sortieren",
    "Pin column": "Spalte anheften",
    "Unpin column": "Spalte lösen",
    "Hide column": "Spalte ausblenden",
    "Copy column name": "Spaltennamen kopieren",
    "Dataframe column menu": "Spaltenmenü",
    "Previous Result": "Voriger Treffer",
    "Next Result": "Nächster Treffer",
    "Close Search": "Suche schließen",
    "Type to search": "Suchbegriff",
    "Show chart": "Diagramm zeigen",
    "Show data": "Daten zeigen",
    "Download as PNG": "Als PNG herunterladen",
    "Copy to clipboard": "In die Zwischenablage kopieren"
  };
  const WORDS = {
    "Theme": "Darstellung",
    "System": "System",
    "Light": "Hell",
    "Dark": "Dunkel",
    "Rerun": "Neu laden",
    "Print": "Drucken",
    "About": "Über",
    "Stop": "Anhalten",
    "Connecting": "Verbindung wird aufgebaut",
    "Error": "Fehler",
    "Close": "Schließen",
    "Cancel": "Abbrechen",
    "Open": "Öffnen",
    "Notifications": "Hinweise",
    "Sidebar": "Seitenleiste",
    "Pagination": "Seiten",
    "Upload": "Datei auswählen",
    "Fullscreen": "Vollbild",
    "Search": "Suchen",
    "Copied": "Kopiert",
    "Format": "Format",
    "Autosize": "Breite anpassen",
    "Help": "Hilfe",
    "Time": "Uhrzeit"
  };
  const BLANKS = {
    "{} more": "{} weitere",
    "Help for {}": "Hilfe zu {}",
    "View {} more": "{} weitere anzeigen",
    "Remove {}": "{} entfernen",
    "Add: {}": "Hinzufügen: {}",
    "Select {} matches": "{} Treffer auswählen",
    "Page {}": "Seite {}",
    "You can only select up to {} options. Remove an option first.": "Höchstens {} sind möglich. Bitte zuerst etwas abwählen.",
    "{} per file": "höchstens {} je Datei",
    "File is larger than {}": "Die Datei ist größer als {}.",
    "File is smaller than {}": "Die Datei ist kleiner als {}.",
    "File type must be one of {}": "Erlaubt sind nur Dateien der Art {}.",
    "File type must be {}": "Erlaubt sind nur Dateien der Art {}.",
    "{} files are not allowed.": "Dateien der Art {} sind nicht erlaubt.",
    "Number is below the allowed range. Please enter a value greater than or equal to {}.": "Die Zahl ist zu klein; kleinster Wert: {}.",
    "Number is above the allowed range. Please enter a value less than or equal to {}.": "Die Zahl ist zu groß; größter Wert: {}.",
    "Connection failed with status {}": "Der Zukunftsplan antwortet mit Status {}.",
    "Fullscreen: {}": "Vollbild: {}",
    "Close fullscreen: {}": "Vollbild schließen: {}",
    "Show/hide columns: {}": "Spalten ein- und ausblenden: {}",
    "Download as CSV: {}": "Als CSV herunterladen: {}",
    "Search: {}": "Suchen: {}",
    "Clear selection: {}": "Auswahl aufheben: {}",
    "Add row: {}": "Zeile hinzufügen: {}",
    "Delete row(s): {}": "Zeilen löschen: {}"
  };

  // What people typed or what is drawn: here only whole phrases are the framework's.
  const DATA = "[data-testid=stMarkdownContainer], [role=gridcell], [role=columnheader], [role=option], "
    + "[role=radio], table, svg, canvas, pre, code, textarea, [contenteditable=true]";
  // Written in Markdown, but by the framework: a toolbar's hint, the menu's "6 more", the button that takes a file.
  const OURS = "[data-testid=stTooltipContent], [data-testid=stTopNavSection], [data-testid=stFileUploaderDropzone]";
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "data-title"];
  const NEVER = new Set(["SCRIPT", "STYLE", "NOSCRIPT"]);

  const escaped = text => text.replace(/[.*+?^$()|[\]\\/]/g, "\\$&");
  const blanks = Object.entries(BLANKS).map(([english, german]) =>
    [new RegExp("^" + escaped(english).replace("{}", "(.+)") + "$", "s"), german]);

  const german = (text, isData) => {
    const bare = text.trim();
    let found = PHRASES[bare];
    if (found === undefined && !isData) {
      found = WORDS[bare];
      if (found === undefined) {
        const fitting = blanks.find(([pattern]) => pattern.test(bare));
        if (fitting) found = fitting[1].replace("{}", () => bare.match(fitting[0])[1]);
      }
    }
    return found === undefined ? null : text.replace(bare, () => found);
  };

  const speaksGerman = () => new URLSearchParams(location.search).get("lang") !== "en";

  const amongData = element => element?.closest(DATA) && !element.closest(OURS);

  const translateText = node => {
    const found = german(node.data, amongData(node.parentElement));
    if (found !== null && found !== node.data) node.data = found;
  };

  const translateAttributes = element => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const found = value && german(value, amongData(element));
      if (found && found !== value) element.setAttribute(name, found);
    }
  };

  const translate = node => {
    if (node.nodeType === Node.TEXT_NODE) return translateText(node);
    if (node.nodeType !== Node.ELEMENT_NODE || NEVER.has(node.tagName)) return;
    translateAttributes(node);
    node.childNodes.forEach(translate);
  };

  const changed = records => {
    document.documentElement.lang = speaksGerman() ? "de" : "en";
    if (!speaksGerman()) return;
    for (const record of records) {
      if (record.type === "childList") record.addedNodes.forEach(translate);
      else if (record.type === "characterData") translateText(record.target);
      else translateAttributes(record.target);
    }
  };

  if (speaksGerman()) translate(document.body);
  new MutationObserver(changed).observe(document.body,
    { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
})();
