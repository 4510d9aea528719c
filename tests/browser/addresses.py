"""Every page of the app by its address; a test holds this list against the navigation table."""

PAGES = {
    "Übersicht": "",
    "Ziele": "ziele",
    "Indikatoren": "indikatoren",
    "Maßnahmen": "massnahmen",
    "Priorisierung": "priorisierung",
    "Ressourcen": "ressourcen",
    "Reallabore": "reallabore",
    "Methoden": "methoden",
    "Eingabe": "eingabe",
    "Plan bearbeiten": "plan",
    "Verlauf": "verlauf",
    "Daten": "daten",
    "Präsentation": "praesentation",
}
RECORDS = {
    "ein Ziel": "ziele?id=Z-R1",
    "ein Indikator": "indikatoren?id=I-ALQ-M",
    "eine Maßnahme": "massnahmen?id=M-11",
    "ein Reallabor": "reallabore?id=RL-C1",
}
