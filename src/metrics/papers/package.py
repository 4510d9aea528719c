"""The package of a sitting: files under names that every system can keep, and a description that tells them apart.

The description has the shape of an OParl 1.1 `Paper` with its `File`s, so that a council information system, or whoever
finds the files later, can tell which is which and prove that nothing was changed. OParl asks for addresses as ids; a
package has none, so ids and addresses are relative to `paket.json`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from metrics.domain.committee import SittingRole
from metrics.locale.catalogue import Language
from metrics.locale.words import choice
from metrics.papers.data_files import canonical_json
from metrics.papers.model import Consultation, Head, Paper

Package = Mapping[str, bytes]
"""File name → content, in the order in which the files are listed."""

DESCRIPTION = "paket.json"
SCHEMA = "https://schema.oparl.org/1.1/"
LONGEST_NAME = 60
MIME_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def safe_name(text: str, otherwise: str) -> str:
    """A text as a name for files and addresses: small Latin letters, digits and hyphens, at most 60; never empty."""
    latin = unicodedata.normalize("NFKD", text.casefold().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", latin)[:LONGEST_NAME].strip("-") or otherwise


def package_description(files: Package, paper: Paper, derived_from: Mapping[str, str] | None = None) -> bytes:
    """`paket.json`: the paper and its files with type, size and SHA-512 checksum, as canonical JSON.

    The first file is the main one. `derived_from`: file name → name of the file whose content it gives in another form;
    without it the first JSON file, from whose data all others are drawn, is the master of them all.
    """
    masters = _masters(files, derived_from)
    ids = {name: f"{DESCRIPTION}#datei-{place}" for place, name in enumerate(files, 1)}
    described = [_file(name, content, paper, ids, masters) for name, content in files.items()]
    language = paper.language
    told: dict[str, object] = {
        "id": DESCRIPTION,
        "type": SCHEMA + "Paper",
        "name": paper.head.title,
        "date": paper.head.held_on.isoformat(),
        "paperType": choice(paper.head.kind, language),
        "consultation": [_consultation(step, place, language) for place, step in enumerate(_steps(paper.head), 1)],
        "created": _moment(paper.basis.frozen_at),
        "modified": _moment(paper.basis.frozen_at),
    }
    if paper.head.paper_number:
        told["reference"] = paper.head.paper_number
    if described:
        told |= {"mainFile": described[0], "auxiliaryFile": described[1:]}
    return canonical_json(told)


def mime_type(name: str) -> str:
    """The type of a file by its ending."""
    return MIME_TYPES.get(name.rpartition(".")[2].casefold(), "application/octet-stream")


def _masters(files: Package, derived_from: Mapping[str, str] | None) -> dict[str, str]:
    if derived_from is not None:
        return {name: master for name, master in derived_from.items() if name in files and master in files}
    master = next((name for name in files if name.endswith(".json")), None)
    return {} if master is None else {name: master for name in files if name != master}


def _file(
    name: str, content: bytes, paper: Paper, ids: Mapping[str, str], masters: Mapping[str, str]
) -> dict[str, object]:
    told: dict[str, object] = {
        "id": ids[name],
        "type": SCHEMA + "File",
        "name": name.rpartition(".")[0] or name,
        "fileName": name,
        "mimeType": mime_type(name),
        "date": paper.basis.frozen_at.isoformat(),
        "size": len(content),
        "sha512Checksum": hashlib.sha512(content).hexdigest(),
        "accessUrl": name,
        "downloadUrl": name,
        "created": _moment(paper.basis.frozen_at),
        "modified": _moment(paper.basis.frozen_at),
    }
    if name in masters:
        told["masterFile"] = ids[masters[name]]
    derived = [ids[other] for other, master in masters.items() if master == name]
    if derived:
        told["derivativeFile"] = sorted(derived, key=list(ids.values()).index)
    return told


def _steps(head: Head) -> tuple[Consultation, ...]:
    """The paper's way through the committees; without one, the sitting it is for."""
    return head.consultations or (Consultation(committee=head.committee, held_on=head.held_on, role=head.role),)


def _consultation(step: Consultation, place: int, language: Language) -> dict[str, object]:
    return {
        "id": f"{DESCRIPTION}#beratung-{place}",
        "type": SCHEMA + "Consultation",
        "role": choice(step.role, language),
        "authoritative": step.role is SittingRole.decision,
        "zukunftsplan:committee": step.committee,
        "zukunftsplan:heldOn": step.held_on.isoformat(),
    }


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+00:00"
