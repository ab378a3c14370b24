"""Hold a report against the public schema of its form, and give what it says."""

import json
from functools import cache
from pathlib import Path

import jsonschema
from lxml import etree

from fupin_cli.reports import Look, render

SCHEMAS = Path(__file__).parent / "schemas"


@cache
def _sarif():
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


@cache
def _junit():
    return etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))


def sarif_run(made, look=None):
    """Return the only run of a SARIF log that the schema has accepted."""
    log = json.loads(render(made, "sarif", look or Look()))
    assert [error.message for error in _sarif().iter_errors(log)] == []
    return log["runs"][0]


def junit_tree(made, look=None):
    """Return a JUnit report as a tree that the schema has accepted and whose suites count what stands in them."""
    tree = etree.fromstring(render(made, "junit", look or Look()).encode())
    _junit().assertValid(tree)
    for one in (tree, *tree.iter("testsuite")):
        for counted, tag in (
            ("tests", "testcase"),
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ):
            if counted in one.attrib:
                assert int(one.get(counted)) == len(list(one.iter(tag))), (one.get("name"), counted)
    return tree
