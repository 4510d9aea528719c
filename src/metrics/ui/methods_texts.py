"""The words of the page of methods; every border, factor and constant in them is the domain's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from metrics.domain.indicators import FEWEST_POINTS, POINTS_NEEDED
from metrics.domain.progress.forecast import (
    COVERAGE_SEEN,
    LEAST_YEARS,
    MOST_POINTS,
    MOST_YEARS_AHEAD,
    NOMINAL_COVERAGE,
    SPANS_AHEAD,
)
from metrics.domain.progress.forecast import (
    FEWEST_POINTS as FORECAST_POINTS,
)
from metrics.domain.progress.freshness import STALE_AFTER, TOO_OLD_AFTER
from metrics.domain.progress.outcome import Course, CourseCase, Formula
from metrics.domain.progress.rollup import COVERAGE_NEEDED, GEOMETRIC_FLOOR
from metrics.domain.progress.rules import growth_ratio, un_progress
from metrics.domain.progress.rules.destatis_weather import LARGE_SHORTFALL, SMALL_SHORTFALL
from metrics.locale.catalogue import translate
from metrics.locale.formats import number, percent
from metrics.locale.words import course_disclaimer
from metrics.ui.session import _, language

OFFICIAL_CHANGES, OFFICIAL_YEARS = 180, 666
"""Years in which an official symbol was another one than the year before, of those that can be compared: counted in
the symbols published at dns-indikatoren.de."""
_BY_DATE, _YEARLY, _DIRECTION = CourseCase.dated_target, CourseCase.every_year, CourseCase.direction_only


class Border(NamedTuple):
    """Under which condition a rule gives a symbol."""

    case: CourseCase
    course: Course
    condition: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule in words: what it asks, what it needs, its borders, and where it was published."""

    asks: str
    needs: str
    borders: tuple[Border, ...]
    source: str
    address: str | None = None


def two_statements() -> list[str]:
    """What is said of a target, and what a symbol is not."""
    return [
        _("**Zielerreichung** sagt, wo wir stehen. **Kurs** sagt, ob das Tempo reicht. Beides kann „nicht bewertbar“ "
          "sein; dann steht der Grund dabei, nie eine Zahl."),
        course_disclaimer(language()),
    ]  # fmt: skip


def course_texts() -> list[str]:
    """What all rules of the course share, and how steady official symbols are."""
    return [
        _("Die erste Regel ist die Vorgabe und steht auf allen Seiten. Die anderen zeigt die Seite des Indikators "
          "daneben, damit zu sehen ist, wo sich die Regeln widersprechen. Gelten mehrere Zielwerte zugleich, zählt das "
          "schlechteste Zeichen."),
        _("Zeichen schwanken: Die amtlichen wechselten in {share} der Jahre ({changes} von {years} Vergleichen mit dem "
          "Vorjahr, dns-indikatoren.de). Darum stehen neben dem heutigen Zeichen die letzten fünf.",
          share=percent(OFFICIAL_CHANGES / OFFICIAL_YEARS, language()), changes=OFFICIAL_CHANGES, years=OFFICIAL_YEARS),
    ]  # fmt: skip


def attainment_texts() -> list[str]:
    """What a Zielerreichung is."""
    return [
        _("0 % heißt: am Ausgangswert; 100 %: am Ziel. Rückschritte unter 0 % und Übererfüllung werden gezeigt, wie "
          "sie sind; nur Balken und Gesamtzahlen bleiben zwischen 0 und 100 %."),
    ]  # fmt: skip


def age_texts() -> list[str]:
    """When a value is fresh, overdue, stale and too old."""
    stale, old = number(STALE_AFTER, language()), number(TOO_OLD_AFTER, language())
    return [
        _("Ein neuer Wert ist fällig, wenn seit dem Ende des letzten Zeitraums ein Rhythmus und der Verzug der "
          "Veröffentlichung vergangen sind. Bis dahin ist der letzte Wert aktuell, bis zum {stale}-Fachen dieser Frist "
          "überfällig, danach veraltet. Nach dem {old}-Fachen zählt er in keiner Gesamtzahl mehr.",
          stale=stale, old=old),
    ]  # fmt: skip


def total_texts() -> list[str]:
    """How a goal's total comes about."""
    return [
        _("Die Gesamtzahl eines Ziels ist der Mittelwert seiner Teile, jeder mit seinem Gewicht und zwischen 0 und "
          "100 %. Es zählt nur, was bewertet werden konnte; ist das weniger als {needed} des Gewichts, gibt es keine "
          "Gesamtzahl. Fehlendes wird nicht ergänzt. Das Gesamtzeichen ist das schlechteste.",
          needed=percent(COVERAGE_NEEDED, language())),
    ]  # fmt: skip


def second_mean_text() -> str:
    """Why a geometric mean stands beside the total."""
    return _("Im Mittelwert gleicht ein starker Teil schwache aus. Das geometrische Mittel zeigt, wie sehr: Es sinkt, "
             "wenn die Teile auseinanderliegen. Es ist nur ein Vergleich; Anteile zählen darin als mindestens {floor}.",
             floor=percent(GEOMETRIC_FLOOR, language()))  # fmt: skip


def forecast_texts() -> list[str]:
    """How the forecast is made, how good its band was, and what it needs."""
    low, high = (number(100 * share, language()) for share in COVERAGE_SEEN)
    return [
        _("Vom letzten Wert aus läuft die Linie mit der Steigung nach Theil und Sen: dem Median der Veränderungen je "
          "Jahr zwischen je zwei der letzten {most} Punkte. Über Brüche hinweg und über natürliche Grenzen hinaus wird "
          "nicht gerechnet.", most=MOST_POINTS),
        _("Das Band ist ein {nominal}-%-Band, im Rückvergleich {low}–{high} % Treffer (73 deutsche Jahresreihen, 660 "
          "Ausgangspunkte).", nominal=number(100 * NOMINAL_COVERAGE, language()), low=low, high=high),
        _("Nötig sind {fewest} Punkte über {years} Jahre. Vorausgeschaut wird höchstens {ahead} Jahre und höchstens "
          "das {spans}-Fache der beobachteten Zeit. Das voraussichtliche Zieljahr ist eine Spanne oder „nicht "
          "absehbar“.",
          fewest=FORECAST_POINTS, years=LEAST_YEARS, ahead=MOST_YEARS_AHEAD, spans=SPANS_AHEAD),
    ]  # fmt: skip


def rule_texts() -> dict[str, RuleText]:
    """Every rule of the course in words, by its id."""
    return {
        "destatis_weather": RuleText(
            _("Was käme heraus, wenn es so weiterginge wie zuletzt? Die mittlere Veränderung je Jahr aus den letzten "
              "{points} Datenpunkten wird bis zum Zieltermin fortgeschrieben. Gefragt ist, welcher Teil des Weges, der "
              "noch vor uns liegt, dann fehlt. Ist das Ziel erreicht oder sein Jahr gekommen, gilt es von da an als "
              "jedes Jahr einzuhalten.", points=POINTS_NEEDED),
            _("{points} Datenpunkte seit dem letzten Bruch; {fewest} oder {more} reichen, wenn das Amt es für den "
              "Indikator so festlegt. Es zählen Datenpunkte, nicht Jahre; geteilt wird durch die Jahre dazwischen.",
              points=POINTS_NEEDED, fewest=FEWEST_POINTS, more=POINTS_NEEDED - 1),
            tuple(_destatis_borders()),
            _("Statistisches Bundesamt: Status der Indikatoren, Methodik, Fassung vom Oktober 2024"),
            "https://dns-indikatoren.de/status/",
        ),
        "target_path": RuleText(
            _("Wo müssten wir heute sein? Der Zielpfad läuft gerade vom Ausgangswert über die Zwischenziele zum "
              "Zielwert. Gefragt ist, welcher Teil des bis heute verlangten Weges fehlt."),
            _("Ein Ziel mit Termin, einen Ausgangswert mit seinem Zeitraum und einen späteren Istwert."),
            tuple(_path_borders()),
            _("Eigene Regel; ihre Grenzen sind die des Statistischen Bundesamts, damit sich beide vergleichen lassen."),
        ),
        "growth_ratio": RuleText(
            _("Wächst der Wert so schnell, wie er müsste? Die jährliche Wachstumsrate seit dem Ausgangswert wird durch "
              "die Rate geteilt, die vom Ausgangswert pünktlich zum Zielwert geführt hätte."),
            _("Zwei Werte über null mit mindestens {years} Jahr dazwischen. Ohne Zielwert sinken die Grenzen nahe "
              "einer natürlichen Grenze: mal 1 − (Ausgangswert / natürliche Grenze) hoch {exponent}.",
              years=growth_ratio.LEAST_YEARS, exponent=number(growth_ratio.LIMIT_EXPONENT, language())),
            tuple(_growth_borders()),
            _("Statistics Canada in Open SDG, angeregt von Eurostat: Progress Measurement Methodology"),
            "https://github.com/open-sdg/open-sdg/blob/26d2e38700e4fee329fea4823e908c4298064693"
            "/docs/progress-methodology.md",
        ),
        "un_progress": RuleText(
            _("Welcher Teil des Weges wäre am Zieltermin geschafft? Die jährliche Wachstumsrate seit dem Ausgangswert "
              "wird bis dahin fortgeschrieben. Diese Regel kennt drei Stufen; „leicht bewölkt“ vergibt sie nicht."),
            _("Zwei Werte über null mit mindestens {years} Jahren dazwischen.", years=un_progress.LEAST_YEARS),
            tuple(_un_borders()),
            _("Vereinte Nationen: SDG Progress Chart 2023, Technical Note"),
            "https://unstats.un.org/sdgs/files/report/2023/Progress_Chart_Technical_Note_2023.pdf",
        ),
    }  # fmt: skip


def demand_text(kind: str) -> str:
    """What a kind of target asks, what its course looks at, and how its Zielerreichung is worked out."""
    formulas = {one.value: translate(f"formula.{one.value}", language()) for one in Formula}
    return translate(f"explained.{kind}", language(), **formulas)


def _destatis_borders() -> Iterator[Border]:
    little, much = percent(SMALL_SHORTFALL, language()), percent(LARGE_SHORTFALL, language())
    yield Border(_BY_DATE, Course.sun, _("Es fehlen weniger als {little}.", little=little))
    yield Border(_BY_DATE, Course.sun_cloud, _("Es fehlen {little} bis {much}.", little=little, much=much))
    yield Border(_BY_DATE, Course.cloud, _("Es fehlen mehr als {much}, aber die Richtung stimmt.", much=much))
    yield Border(_BY_DATE, Course.thunderstorm, _("Der Wert bewegt sich im Mittel nicht zum Ziel hin."))
    yield Border(_YEARLY, Course.sun, _("Eingehalten und im Mittel nicht schlechter geworden."))
    yield Border(_YEARLY, Course.sun_cloud, _("Eingehalten, aber im Mittel schlechter geworden."))
    yield Border(_YEARLY, Course.cloud, _("Verfehlt, aber im Mittel besser geworden."))
    yield Border(_YEARLY, Course.thunderstorm, _("Verfehlt und im Mittel nicht besser geworden."))
    yield Border(_DIRECTION, Course.sun, _("Im Mittel und zuletzt in die gewünschte Richtung."))
    yield Border(_DIRECTION, Course.sun_cloud, _("Im Mittel richtig, zuletzt falsch oder unverändert."))
    yield Border(_DIRECTION, Course.cloud, _("Im Mittel falsch oder unverändert, zuletzt richtig."))
    yield Border(_DIRECTION, Course.thunderstorm, _("Weder im Mittel noch zuletzt in die gewünschte Richtung."))


def _path_borders() -> Iterator[Border]:
    little, much = percent(SMALL_SHORTFALL, language()), percent(LARGE_SHORTFALL, language())
    yield Border(_BY_DATE, Course.sun, _("Es fehlen weniger als {little}.", little=little))
    yield Border(_BY_DATE, Course.sun_cloud, _("Es fehlen {little} bis {much}.", little=little, much=much))
    yield Border(_BY_DATE, Course.cloud, _("Es fehlen mehr als {much}, aber ein Teil des Weges ist getan.", much=much))
    yield Border(_BY_DATE, Course.thunderstorm, _("Der Wert ist nicht besser als der Ausgangswert."))


def _growth_borders() -> Iterator[Border]:
    high, middle = percent(growth_ratio.ON_TRACK, language()), percent(growth_ratio.MODERATE, language())
    fast, slow = _rate(growth_ratio.FAST_GROWTH), _rate(growth_ratio.SLOW_GROWTH)
    none = percent(0, language())
    yield Border(_BY_DATE, Course.sun, _("Erreicht, oder das Verhältnis ist mindestens {high}.", high=high))
    yield Border(_BY_DATE, Course.sun_cloud, _("Verhältnis von {low} bis unter {high}.", low=middle, high=high))
    yield Border(_BY_DATE, Course.cloud, _("Verhältnis von {low} bis unter {high}.", low=none, high=middle))
    yield Border(_BY_DATE, Course.thunderstorm, _("Verhältnis unter {low}, oder Termin verstrichen.", low=none))
    yield Border(_YEARLY, Course.sun, _("Eingehalten. Für einen verfehlten Wert gibt diese Regel kein Zeichen."))
    yield Border(_DIRECTION, Course.sun, _("Mindestens {rate} im Jahr in die gewünschte Richtung.", rate=fast))
    yield Border(_DIRECTION, Course.sun_cloud, _("{low} bis unter {high} im Jahr.", low=slow, high=fast))
    yield Border(_DIRECTION, Course.cloud, _("{low} bis unter {high} im Jahr.", low=none, high=slow))
    yield Border(_DIRECTION, Course.thunderstorm, _("In die falsche Richtung."))


def _un_borders() -> Iterator[Border]:
    high, low = percent(un_progress.ON_TRACK, language()), percent(un_progress.PROGRESS, language())
    fast, slow = _rate(un_progress.FAST_GROWTH), _rate(un_progress.SLOW_GROWTH)
    near = percent(un_progress.NEAR_LIMIT / 100, language())
    there = _("Erreicht, bis auf {near} an der natürlichen Grenze, oder am Termin mindestens {high} des Weges.",
              near=near, high=high)  # fmt: skip
    yield Border(_BY_DATE, Course.sun, there)
    yield Border(_BY_DATE, Course.cloud, _("Am Termin {low} bis unter {high} des Weges.", low=low, high=high))
    yield Border(_BY_DATE, Course.thunderstorm, _("Am Termin weniger als {low} des Weges.", low=low))
    yield Border(_YEARLY, Course.sun, _("Eingehalten. Für einen verfehlten Wert gibt diese Regel kein Zeichen."))
    yield Border(_DIRECTION, Course.sun, _("Mindestens {rate} im Jahr in die gewünschte Richtung.", rate=fast))
    yield Border(_DIRECTION, Course.cloud, _("{low} bis unter {high} im Jahr.", low=slow, high=fast))
    yield Border(_DIRECTION, Course.thunderstorm, _("Weniger als {rate} im Jahr.", rate=slow))


def _rate(share: float) -> str:
    return percent(share, language(), 1)
