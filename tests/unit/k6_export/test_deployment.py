import yaml

from k6_export.deployment import compose, files_for, operator


def test_the_operator_gets_the_script_and_how_to_run_it():
    config, run = yaml.safe_load_all(
        operator("chat", "chat.js", "// 방\nexport default () => {};\n")
    )
    assert config["data"]["chat.js"] == "// 방\nexport default () => {};\n"
    assert run["kind"] == "TestRun"
    assert run["spec"]["script"]["configMap"] == {"name": "chat", "file": "chat.js"}
    assert run["spec"]["parallelism"] > 1


def test_compose_has_a_master_and_workers():
    services = yaml.safe_load(compose("locustfiles/chat.py", "smoke"))["services"]
    master, worker = services["master"]["command"][-1], services["worker"]["command"][-1]
    assert "locust -f locustfiles/chat.py --master --expect-workers $$WORKERS" in master
    assert "--plan smoke" in master
    assert "--worker --master-host master" in worker


def test_only_what_was_asked_for_is_written():
    single = {"chat_smoke.js": "x"}
    assert files_for([], "f.py", "p", single) == {}
    assert list(files_for(["operator"], "f.py", "p", single)) == ["chat-smoke.operator.yaml"]
    assert list(files_for(["compose"], "f.py", "p", single)) == ["compose.yaml"]
