"""Findings + accepted ids → the findings that are left."""

import json
from pathlib import Path

from fupin_cli.errors import InputError
from fupin_cli.model.finding import Finding


def accept(findings: list[Finding], baseline: Path) -> tuple[list[Finding], int]:
    """Return the findings that no line of the baseline accepts, and how many it accepted.

    The file is JSON: `{"version": 1, "findings": [{"id": …}, …]}` or a JSON report of an earlier audit.
    """
    try:
        content = json.loads(baseline.read_text("utf-8-sig"))
        accepted = {str(entry["id"]) for entry in content["findings"]}
    except OSError as error:
        raise InputError(
            f"{baseline}：读不到基线文件。请检查路径。", f"{baseline}: the baseline cannot be read. Check its path."
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f'{baseline}：不是基线文件。应是 JSON，含 "findings" 列表，每项有 "id"；可用 fupin audit --format json 的输出。',
            f'{baseline}: no baseline. Looked for JSON with a list "findings" whose entries have an "id"; '
            "the output of fupin audit --format json will do.",
        ) from error
    version = content.get("version", 1)
    if version != 1:
        raise InputError(
            f"{baseline}：基线文件的版本是 {version}，这里只认得 1。请用较新的 fupin，或重新生成基线。",
            f"{baseline}: a baseline of version {version}; this fupin knows version 1. Use a newer one, or make the baseline anew.",
        )
    left = [finding for finding in findings if finding.id not in accepted]
    return left, len(findings) - len(left)
