import yaml

from k6_export.deployment import Order, compose, files_for, operator

HOSTS = {"BASE_URL": "http://localhost:5001", "SOCKET_URL": ""}
ORDER = Order("locustfiles/chat.py", "smoke", HOSTS)


def test_the_operator_gets_the_script_and_how_to_run_it():
    config, run = yaml.safe_load_all(
        operator("chat", "chat.js", "// 방\nexport default () => {};\n", HOSTS)
    )
    assert config["data"]["chat.js"] == "// 방\nexport default () => {};\n"
    assert run["kind"] == "TestRun"
    assert run["spec"]["script"]["configMap"] == {"name": "chat", "file": "chat.js"}
    assert run["spec"]["parallelism"] > 1
    env = {one["name"]: one["value"] for one in run["spec"]["runner"]["env"]}
    assert env == {"BASE_URL": "http://chat:5001", "KTB_LOAD_SEED": "1"}


def test_compose_has_a_master_and_workers():
    services = yaml.safe_load(compose(ORDER))["services"]
    master, worker = services["master"]["command"][-1], services["worker"]["command"][-1]
    assert "locust -f locustfiles/chat.py --master --expect-workers $$WORKERS" in master
    assert '--plan smoke --host "$$BASE_URL" --socket-host "$$SOCKET_URL"' in master
    environment = services["worker"]["environment"]
    assert environment["BASE_URL"] == "${BASE_URL:-http://host.docker.internal:5001}"
    assert "--worker --master-host master" in worker


def test_only_what_was_asked_for_is_written():
    single = {"chat_smoke.js": "x"}
    assert files_for([], ORDER, single) == {}
    assert list(files_for(["operator"], ORDER, single)) == ["chat-smoke.operator.yaml"]
    assert list(files_for(["compose"], ORDER, single)) == ["compose.yaml"]
