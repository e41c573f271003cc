"""A process of its own that sets one document, within limits that it sets itself before it begins.

Called by `hearth.paper.typesetting` as `python -I press.py`. The job comes as JSON on standard input; the answer is one line
of JSON and, where the document was made, its bytes. It knows neither Hearth nor its secrets.
"""

import json
import resource
import sys
from contextlib import suppress
from typing import Any

import typst


def main() -> None:
    """Do the job and say what came of it."""
    job = json.load(sys.stdin)
    for name, most in job["limits"].items():
        # macOS does not take RLIMIT_AS; there the limits of time remain.
        with suppress(OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (most, most))
    try:
        document, warnings = _set(job)
    except typst.TypstError as error:
        _say({"failed": f"{error.message} {error.diagnostic}"}, b"")
    else:
        _say({"warnings": warnings}, document)


def _set(job: dict[str, Any]) -> tuple[bytes, list[str]]:
    is_pdf = job["kind"] == "pdf"
    made, warnings = typst.compile_with_warnings(
        job["template"],
        root=job["root"],
        font_paths=typst.Fonts(False, False, job["fonts"]),
        ignore_system_fonts=True,
        # No package can be found, so none is looked for on the network.
        package_path=job["nowhere"],
        package_cache_path=job["nowhere"],
        sys_inputs={"data": job["data"]},
        format=job["kind"],
        ppi=None if is_pdf else job["ppi"],
        pdf_standards=["ua-1"] if is_pdf else [],
        timestamp=job["made"],
    )
    if not isinstance(made, bytes):
        raise typst.TypstError("A picture has one page.", "")
    return made, [warning.message for warning in warnings]


def _say(head: dict[str, Any], document: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + document)


if __name__ == "__main__":
    main()
