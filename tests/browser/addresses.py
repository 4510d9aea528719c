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
    "Eingabe": "eingabe",
    "Sammeleingabe": "sammeleingabe",
    "Plan bearbeiten": "plan",
    "Verlauf": "verlauf",
    "Daten": "daten",
    "Bewertungsrunden": "runden",
    "Bewerten": "bewerten",
    "Präsentation": "praesentation",
    "Werkstatt": "werkstatt",
    "Kriterien": "kriterien",
}
RECORDS = {
    "ein Ziel": "ziele?id=Z-R1",
    "ein Indikator": "indikatoren?id=I-ALQ-M",
    "eine Maßnahme": "massnahmen?id=M-11",
    "ein Reallabor": "reallabore?id=RL-C1",
    "ein Szenario": "szenarien?id=SZ-4",
    "eine Runde": "runden?id=PR-2026",
}
VIEWS = {
    f"Priorisierung: {view}": f"priorisierung?prio_ansicht={view}"
    for view in ("Rangfolge", "Robustheit", "Gruppen", "Dringlichkeit", "Entscheidung")
} | {
    f"Ressourcen: {view}": f"ressourcen?res_ansicht={view}"
    for view in ("zeitplan", "geld", "schnittstellen", "auswahl", "kapazitaet")
}
"""The views of a page beside the first one."""
