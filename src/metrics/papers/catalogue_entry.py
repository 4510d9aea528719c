"""The description of the open data by DCAT-AP.de 3.0, as JSON-LD; all addresses are relative to the description.

It says what is required and what is recommended and known. Who delivers to a portal (`dcatde:contributorID`), where the
office can be reached and its municipality key are not known here: the portal that takes the data over adds them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.locale.catalogue import translate
from metrics.papers.data_files import canonical_json
from metrics.papers.licences import Licence
from metrics.papers.model import Paper, PointLine
from metrics.papers.package import mime_type

_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_STABLE = {"@id": _AUTHORITY + "planned-availability/STABLE"}
_COMPLETED = {"@id": "http://purl.org/adms/status/Completed"}
_LANGUAGES = {"de": "DEU", "en": "ENG"}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a data set, beside the description."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set of indicators in several formats; `name` is the stem of its files, `points` all the values in it."""

    name: str
    title: str
    description: str
    files: tuple[DataFile, ...]
    points: tuple[PointLine, ...]


def publisher_name(paper: Paper) -> str:
    """Who publishes the data, and has to be named where the licence asks for it."""
    known = ", ".join(part for part in (paper.head.office.strip(), paper.head.city.strip()) if part)
    return known or translate("Herausgeber nicht angegeben", paper.language)


def dcat(sets: Sequence[DataSet], paper: Paper, licence: Licence) -> bytes:
    """The catalogue with its data sets and distributions. Issued and modified is the day on which the paper froze."""
    head = paper.head
    publisher = {"@id": "#herausgeber", "@type": "foaf:Agent", "foaf:name": publisher_name(paper)}
    title = translate("Offene Daten des Zukunftsplans {stadt}", paper.language, stadt=head.city)
    return canonical_json(
        {
            "@context": _CONTEXT,
            "@id": "#katalog",
            "@type": "dcat:Catalog",
            "dct:title": _text(title, paper),
            "dct:description": _text(head.title, paper),
            "dct:publisher": publisher,
            "dct:language": _language(paper),
            "dct:license": {"@id": licence.value},
            "dct:issued": _day(paper),
            "dct:modified": _day(paper),
            "dcatap:availability": _STABLE,
            "dcat:dataset": [_data_set(entry, paper, licence) for entry in sets],
        }
    )


def _data_set(entry: DataSet, paper: Paper, licence: Licence) -> dict[str, object]:
    told: dict[str, object] = {
        "@id": f"#{entry.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": entry.name,
        "dct:title": _text(entry.title, paper),
        "dct:description": _text(entry.description, paper),
        "dct:publisher": {"@id": "#herausgeber"},
        "dct:language": _language(paper),
        "dct:issued": _day(paper),
        "dct:modified": _day(paper),
        "dct:accessRights": {"@id": _AUTHORITY + "access-right/PUBLIC"},
        "dcat:theme": {"@id": _AUTHORITY + "data-theme/ECON"},
        "dcat:keyword": [_text(word, paper) for word in _keywords(paper)],
        "dcatap:availability": _STABLE,
        "dcat:distribution": [_distribution(entry, file, paper, licence) for file in entry.files],
    }
    if entry.points:
        told["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _as_date(min(point.start for point in entry.points)),
            "dcat:endDate": _as_date(max(point.end for point in entry.points)),
        }
    return told


def _keywords(paper: Paper) -> list[str]:
    language = paper.language
    words = [translate("Wirtschaftsförderung", language), translate("Indikatoren", language), paper.head.city.strip()]
    return [word for word in words if word]


def _distribution(entry: DataSet, file: DataFile, paper: Paper, licence: Licence) -> dict[str, object]:
    ending = file.name.rpartition(".")[2].upper()
    told: dict[str, object] = {
        "@id": f"#{file.name}",
        "@type": "dcat:Distribution",
        "dct:title": _text(f"{entry.title} ({ending})", paper),
        "dct:description": _text(entry.description, paper),
        "dct:format": {"@id": f"{_AUTHORITY}file-type/{ending}"},
        "dct:license": {"@id": licence.value},
        "dct:issued": _day(paper),
        "dct:modified": _day(paper),
        "adms:status": _COMPLETED,
        "dcat:accessURL": {"@id": file.name},
        "dcat:downloadURL": {"@id": file.name},
        "dcat:mediaType": {"@id": _MEDIA_TYPES + mime_type(file.name)},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(file.content))},
        "dcatap:availability": _STABLE,
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha512"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": hashlib.sha512(file.content).hexdigest()},
        },
    }
    if licence is Licence.attribution:
        told["dcatde:licenseAttributionByText"] = _text(publisher_name(paper), paper)
    return told


def _text(text: str, paper: Paper) -> dict[str, str]:
    return {"@language": paper.language, "@value": text}


def _language(paper: Paper) -> dict[str, str]:
    return {"@id": f"{_AUTHORITY}language/{_LANGUAGES[paper.language]}"}


def _day(paper: Paper) -> dict[str, str]:
    return _as_date(paper.basis.frozen_at)


def _as_date(day: date) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day.isoformat()}
