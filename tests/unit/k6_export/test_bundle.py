import subprocess

import pytest

from k6_export.bundle import bundle

FILES = {
    "main.js": """\
// The script.
import * as lib from "./lib/lib.js";
import { two } from "./lib/two.js";
import http from "k6/http";

export const options = {};
export default () => lib.one(two);
""",
    "lib/lib.js": """\
export { one } from "./one.js";
export * from "./two.js";
""",
    "lib/one.js": """\
import { two as second,
  deep } from "./two.js";
import exec from "k6/execution";
export function one() {
  return second + deep;
}
""",
    "lib/two.js": """\
import { one } from "./one.js";
export const two = 2;
const deep = 3;
export { deep };
export class Late {
  one() { return one(); }
}
""",
}
RECURSIVE = {
    "main.js": """\
import { fib } from "./lib/a.js";
import { check } from "k6";

export default () => {
  check(fib(10), { "is right": (n) => n === 55 });
};
export const options = { thresholds: { checks: ["rate==1"] } };
""",
    "lib/a.js": """\
import { step } from "./b.js";
export const fib = (n) => (n < 2 ? n : step(n));
""",
    "lib/b.js": """\
import { fib } from "./a.js";
export function step(n) {
  return fib(n - 1) + fib(n - 2);
}
""",
}


@pytest.fixture
def text():
    return bundle("main.js", FILES)


def test_the_script_keeps_its_head_and_its_exports(text):
    assert text.startswith("// The script.\nimport")
    assert "export const options = {};" in text
    assert text.rstrip().endswith("export default () => lib.one(two);")


def test_k6s_own_modules_are_imported_once_at_the_top(text):
    head = text.partition("\n\n")[0]
    assert 'import $k6_http from "k6/http";' in head
    assert 'import $k6_execution from "k6/execution";' in head
    assert text.count("import ") == 2


def test_modules_that_import_each_other_share_a_scope(text):
    assert "// lib/two.js, lib/one.js" in text or "// lib/one.js, lib/two.js" in text
    assert "...$two" in text


@pytest.mark.k6
def test_k6_runs_it(k6, tmp_path):
    script = tmp_path / "main.js"
    script.write_text(bundle("main.js", RECURSIVE), encoding="utf-8")
    command = [k6, "run", "--quiet", "--address", "", str(script)]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
