"""Every page of the app by its address; a test holds this list against the navigation table."""

PAGES = {
    "Übersicht": "",
    "Ziele": "ziele",
    "Indikatoren": "indikatoren",
    "Maßnahmen": "massnahmen",
    "Priorisierung": "priorisierung",
    "Ressourcen": "ressourcen",
    "Szenarien": "szenarien",
    "Reallabore": "reallabore",
    "Methoden": "methoden",
    "Meine Aufgaben": "aufgaben",
    "Eingabe": "eingabe",
    "Freigaben": "freigaben",
    "Zeiträume abschließen": "zeitraeume",
    "Sachstand": "sachstand",
    "Sammeleingabe": "sammeleingabe",
    "Plan bearbeiten": "plan",
    "Dialog": "dialog",
    "Termine": "termine",
    "Einladung": "einladung",
    "Verlauf": "verlauf",
    "Zuständigkeiten": "zustaendigkeiten",
    "Übergabe": "uebergabe",
    "Daten": "daten",
    "Bewertungsrunden": "runden",
    "Bewerten": "bewerten",
    "Sitzungen und Vorlagen": "sitzungen",
    "Beschlusskontrolle": "beschluesse",
    "Präsentation": "praesentation",
    "Werkstatt": "werkstatt",
    "Kriterien": "kriterien",
    "Betrieb": "betrieb",
    "Kontaktpersonen": "kontaktpersonen",
    "Zugänge": "zugaenge",
    "Mein Konto": "konto",
}
RECORDS = {
    "ein Ziel": "ziele?id=Z-R1",
    "ein Indikator": "indikatoren?id=I-ALQ-M",
    "eine Maßnahme": "massnahmen?id=M-11",
    "ein Reallabor": "reallabore?id=RL-C1",
    "ein Szenario": "szenarien?id=SZ-4",
    "eine Runde": "runden?id=PR-2026",
    "ein neuer Beitrag": "dialog?id=measure:M-15",
    "ein neuer Termin": "termine?id=neu",
    "eine neue Sitzung": "sitzungen?id=neu",
    "ein neuer Beschluss": "beschluesse?id=neu",
    "eine Funktion, die übergibt": "uebergabe?id=Sachgebiet Innenstadt",
}
VIEWS = (
    {
        f"Priorisierung: {view}": f"priorisierung?prio_ansicht={view}"
        for view in ("Rangfolge", "Robustheit", "Gruppen", "Dringlichkeit", "Entscheidung")
    }
    | {
        f"Ressourcen: {view}": f"ressourcen?res_ansicht={view}"
        for view in ("zeitplan", "geld", "schnittstellen", "auswahl", "kapazitaet")
    }
    | {f"Zuständigkeiten: {view}": f"zustaendigkeiten?zustaendig_ansicht={view}" for view in ("schlaf", "qualitaet")}
)
"""The views of a page beside the first one."""
