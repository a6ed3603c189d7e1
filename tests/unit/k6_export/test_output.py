"""k6's options, and the folder of an export."""

from pathlib import Path

import pytest

from k6_export import folder, options
from k6_export.export import export
from k6_export.modules import CompiledModule
from k6_export.program import Program
from k6_export.refusals import Refusals
from k6_export.source import Sources
from ktb_load.errors import AuthorError

VALUES = {
    "scenarios": {
        "chat": {
            "executor": "constant-vus",
            "vus": 2,
            "exec": "ChatUser.chat",
            "startTime": None,
            "env": {"COUNT": 1, "FAST": True},
        },
        "plain": {"executor": "shared-iterations"},
    },
    "discardResponseBodies": True,
}


def test_options_keep_the_names_of_the_plan():
    made = options.k6_options(VALUES)
    assert made["discardResponseBodies"] is True
    assert made["userAgent"] == "ktb-load"
    assert made["scenarios"]["chat"] == {
        "executor": "constant-vus",
        "vus": 2,
        "exec": "ChatUser_chat",
        "env": {"COUNT": "1", "FAST": "true"},
    }


def test_a_user_agent_of_the_plan_wins():
    assert options.k6_options({**VALUES, "userAgent": "mine"})["userAgent"] == "mine"


def test_execs_are_each_there_once():
    again = {"scenarios": {**VALUES["scenarios"], "more": VALUES["scenarios"]["chat"]}}
    assert options.execs(again) == ["ChatUser.chat", "default"]


@pytest.mark.parametrize(
    ("name", "exported"),
    [("default", "default"), ("ChatUser.chat", "ChatUser_chat"), ("delete", "delete$")],
)
def test_exec_names(name, exported):
    assert options.exec_name(name) == exported


def test_long_options_get_lines_of_their_own():
    short, long = {"a": 1}, {"a": {"b": "x" * 60}, "c": "방" * 40}
    assert options.as_text(short) == '{"a": 1}'
    assert options.as_text(long).splitlines()[0] == "{"
    assert options.as_text(long).splitlines()[1].startswith('  "a": {"b": "xx')
    assert "방" in options.as_text(long)


def _write(where, texts):
    made = folder.Made("users.py", ["smoke"])
    folder.write(where, folder.manifest_of(made, texts), texts)


def test_a_written_export_is_what_was_made(tmp_path):
    texts = {"users.js": "1\n", "lib/python.js": "방\n"}
    _write(tmp_path, texts)
    assert (tmp_path / "lib/python.js").read_text(encoding="utf-8") == "방\n"
    assert folder.read_manifest(tmp_path).made.locustfile == "users.py"
    assert list(folder.differences(tmp_path, texts)) == []


def test_older_files_go(tmp_path):
    _write(tmp_path, {"users.js": "1\n", "lib/old.js": "2\n"})
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    _write(tmp_path, {"users.js": "1\n"})
    assert not (tmp_path / "lib/old.js").exists()
    assert (tmp_path / "mine.txt").exists()


def test_differences_are_a_diff(tmp_path):
    _write(tmp_path, {"users.js": "old\n", "gone.js": "1\n"})
    lines = list(folder.differences(tmp_path, {"users.js": "new\n", "added.js": "2\n"}))
    assert "-old\n" in lines
    assert "+new\n" in lines
    assert "+2\n" in lines
    assert lines[-1].endswith("gone.js: no longer part of the export\n")


def test_no_export_there(tmp_path):
    with pytest.raises(AuthorError, match="there is no export here"):
        folder.read_manifest(tmp_path)


@pytest.mark.parametrize("name", ["runtime", "nested", "parts"])
def test_every_module_of_an_export_has_a_file_of_its_own(tmp_path, name):
    """``runtime.js`` is the runtime; ``parts`` is the locustfile and what it imports."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "parts.py").write_text("def helper():\n    return 1\n", "utf-8")
    text = "from folder.parts import helper\n\n\ndef begin():\n    return helper()\n"
    (tmp_path / f"{name}.py").write_text(text, "utf-8")
    sources = Sources(tmp_path / f"{name}.py")
    program = Program(sources, ["begin"])
    modules = [CompiledModule(program, module, Refusals()) for module in sources]
    stems = [one.module.stem for one in modules]
    assert (
        stems
        == {
            "runtime": ["runtime_", "parts"],
            "nested": ["nested", "parts"],
            "parts": ["parts", "folder_parts"],
        }[name]
    )
    assert f'import {{ helper }} from "./{stems[1]}.js";' in modules[0].imports("./")


def test_thresholds_on_what_k6_cannot_measure_are_left_out_for_it_would_pass_them_unjudged():
    judged = {
        "checks": ["rate>0.9"],
        "generator_lag": ["p(95)<20"],
        "generator_cpu{worker:1}": ["max<1"],
        "chat_notification": ["p(95)<500"],
    }
    values = {**VALUES, "thresholds": judged}
    assert options.k6_options(values)["thresholds"] == {"checks": ["rate>0.9"]}
    left_out = ["generator_lag", "generator_cpu{worker:1}", "chat_notification"]
    assert options.left_out(values) == left_out
    assert options.left_out(VALUES) == options.left_out({"thresholds": None}) == []


def test_the_script_says_what_was_left_out(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "scenarios: { s: { executor: shared-iterations } }\n"
        'thresholds: { generator_lag: ["p(95)<20"] }\n',
        encoding="utf-8",
    )
    written = export(Path(__file__).parents[3] / "locustfiles" / "chat.py", [str(plan)])["chat.js"]
    said = "// Left out: generator_lag, which k6 does not measure.\nexport const options = {"
    assert said in written
    assert '"thresholds": {}' in written
