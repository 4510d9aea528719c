"""The description of the open data by DCAT-AP.de, as JSON-LD; all addresses are relative to the description."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from metrics.locale.catalogue import translate
from metrics.papers.data_files import canonical_json
from metrics.papers.model import Paper
from metrics.papers.package import mime_type

DL_ZERO = "http://dcat-ap.de/def/licenses/dl-zero-de/2.0"
"""Datenlizenz Deutschland – Zero – Version 2.0."""

_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = {"de": "DEU", "en": "ENG"}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a data set, beside the description."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set of indicators in several formats; `name` is the stem of its files."""

    name: str
    title: str
    description: str
    files: tuple[DataFile, ...]


def dcat(sets: Sequence[DataSet], paper: Paper, licence: str) -> bytes:
    """The catalogue with its data sets and distributions. Issued and modified is the day on which the paper froze."""
    head = paper.head
    publisher = {"@id": "#herausgeber", "@type": "foaf:Agent", "foaf:name": f"{head.office}, {head.city}"}
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
            "dct:license": {"@id": licence},
            "dct:issued": _day(paper),
            "dct:modified": _day(paper),
            "dcat:dataset": [_data_set(entry, paper, licence) for entry in sets],
        }
    )


def _data_set(entry: DataSet, paper: Paper, licence: str) -> dict[str, object]:
    return {
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
        "dcat:distribution": [_distribution(entry, file, paper, licence) for file in entry.files],
    }


def _distribution(entry: DataSet, file: DataFile, paper: Paper, licence: str) -> dict[str, object]:
    ending = file.name.rpartition(".")[2].upper()
    return {
        "@id": f"#{file.name}",
        "@type": "dcat:Distribution",
        "dct:title": _text(f"{entry.title} ({ending})", paper),
        "dct:description": _text(entry.description, paper),
        "dct:format": {"@id": f"{_AUTHORITY}file-type/{ending}"},
        "dct:license": {"@id": licence},
        "dct:issued": _day(paper),
        "dct:modified": _day(paper),
        "dcat:accessURL": {"@id": file.name},
        "dcat:downloadURL": {"@id": file.name},
        "dcat:mediaType": {"@id": _MEDIA_TYPES + mime_type(file.name)},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(file.content))},
        "dcatap:availability": {"@id": _AUTHORITY + "planned-availability/STABLE"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha512"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": hashlib.sha512(file.content).hexdigest()},
        },
    }


def _text(text: str, paper: Paper) -> dict[str, str]:
    return {"@language": paper.language, "@value": text}


def _language(paper: Paper) -> dict[str, str]:
    return {"@id": f"{_AUTHORITY}language/{_LANGUAGES[paper.language]}"}


def _day(paper: Paper) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": paper.basis.frozen_at.isoformat()}
