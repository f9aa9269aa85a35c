"""Klaviyo on loopback."""

import json
import re
from dataclasses import dataclass, field
from typing import Any, ClassVar

from tests.contract.loopback import Reply, Request, json_reply
from tests.contract.vendors.vendor import TOKEN, Vendor

LIST = "LiSt01"
MAX_PAGE = 100
STAMP = "2026-01-01T00:00:00+00:00"


@dataclass
class Klaviyo(Vendor):
    """Imports profiles when it is first asked how far it came."""

    name: ClassVar[str] = "klaviyo"
    target: ClassVar = {"list_id": LIST}
    specification: ClassVar = "klaviyo.openapi.json"
    profiles: dict[str, dict[str, Any]] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    jobs: list[dict[str, Any]] = field(default_factory=list)
    # How many looks at a job find it still working.
    queued_looks: int = 1
    job_status: str = "complete"
    # How many profiles it finds at once, however many are asked for.
    page_size: int = MAX_PAGE

    def reply(self, request: Request) -> Reply:
        """Answer as the real one does."""
        self.check(request)
        if request.headers.get("authorization") != f"Klaviyo-API-Key {TOKEN}":
            return json_reply({"errors": [{"code": "not_authenticated"}]}, 401)
        if request.headers.get("revision") != "2026-07-15":
            self.problems.append("the revision is missing")
        match request.method, request.path.strip("/").split("/")[1:]:
            case "POST", ["profile-bulk-import-jobs"]:
                return self._start(request.document)
            case "GET", ["profile-bulk-import-jobs", number, *rest]:
                look = self._errors if rest == ["import-errors"] else self._progress
                return look(int(number), request)
            case "GET", ["profiles"]:
                return self._find(request)
            case "DELETE", ["lists", listed, "relationships", "profiles"] if listed == LIST:
                self.listed -= {each["id"].removeprefix("K-") for each in request.document["data"]}
                return Reply(204)
        return json_reply({"errors": [{"code": "not_found"}]}, 404)

    def members(self) -> set[str]:
        """Return the addresses on the list."""
        return {self.profiles[key]["email"] for key in self.listed}

    def import_all(self) -> None:
        """Do what was started, without being asked how far it came."""
        for job in self.jobs:
            self._import(job["document"]["data"])

    def _start(self, document: dict[str, Any]) -> Reply:
        self.jobs.append({"document": document, "looks": self.queued_looks, "errors": None})
        data = {"type": "profile-bulk-import-job", "id": str(len(self.jobs))}
        return json_reply({"data": data}, 202)

    def _find(self, request: Request) -> Reply:
        found = re.fullmatch(r"any\(external_id,(.*)\)", request.query["filter"])
        keys = json.loads(found[1]) if found else []
        if len(keys) > MAX_PAGE:
            self.problems.append("more profiles are asked for than a page has")
        data = [{"type": "profile", "id": f"K-{key}"} for key in keys if key in self.profiles]
        place = int(request.query.get("page[cursor]", "0"))
        end = place + self.page_size
        more = f"https://a.klaviyo.com{request.path}?page%5Bcursor%5D={end}"
        links = {"next": more if end < len(data) else None}
        return json_reply({"data": data[place:end], "links": links})

    def _progress(self, number: int, _: Request) -> Reply:
        if number > len(self.jobs):
            return json_reply({"errors": [{"code": "not_found"}]}, 404)
        job = self.jobs[number - 1]
        job["looks"] -= 1
        status = "processing" if job["looks"] >= 0 else self.job_status
        if status == "complete" and job["errors"] is None:
            job["errors"] = self._import(job["document"]["data"])
        attributes = {
            "status": status,
            "created_at": STAMP,
            "total_count": 1,
            "failed_count": len(job["errors"] or []),
        }
        return json_reply({"data": {"type": "profile-bulk-import-job", "attributes": attributes}})

    def _import(self, data: dict[str, Any]) -> list[dict[str, Any]]:
        errors = []
        for profile in data["attributes"]["profiles"]["data"]:
            attributes = profile["attributes"]
            if reason := self.refused.get(attributes["email"]):
                problem = {"code": reason, "title": "", "detail": attributes["email"], "source": {}}
                errors.append(problem | {"original_payload": profile})
                continue
            self.profiles[attributes["external_id"]] = attributes
            if data["relationships"]["lists"]["data"][0]["id"] == LIST:
                self.listed.add(attributes["external_id"])
        return errors

    def _errors(self, number: int, request: Request) -> Reply:
        """Return one error per page, to have more than one page."""
        errors = self.jobs[number - 1]["errors"]
        place = int(request.query.get("page[cursor]", "0"))
        more = place + 1 < len(errors)
        next_url = f"https://a.klaviyo.com{request.path}?page%5Bcursor%5D={place + 1}"
        data = [
            {"type": "import-error", "id": str(place), "attributes": error}
            for error in errors[place : place + 1]
        ]
        return json_reply({"data": data, "links": {"next": next_url if more else None}})
