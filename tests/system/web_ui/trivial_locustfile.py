"""The smallest locustfile with a plan to choose: the plan says how many users there are."""

from locust import LoadTestShape, User, constant, events, task

from typing import Any

USERS = {"smoke": 1, "light": 2, "heavy": 4}
LONGEST_RUN_S = 60


class PlanShape(LoadTestShape):
    """As many users as the plan chosen in the form says, until somebody presses Stop."""

    abstract = True  # the listener below sets it; Locust must not find it
    options: Any = None

    def tick(self) -> tuple[int, float] | None:
        if self.get_run_time() > LONGEST_RUN_S:
            return None
        return USERS[self.options.plan], 100.0


class Talker(User):
    """Reports one exchange that worked and one that failed, ten times a second."""

    wait_time = constant(0.1)

    @task
    def talk(self) -> None:
        report = self.environment.events.request
        sample = {"request_type": "SIO", "response_time": 5.0, "response_length": 7, "context": {}}
        report.fire(name="hello", exception=None, **sample)
        report.fire(name="no answer", exception=TimeoutError("nobody answered"), **sample)


@events.init_command_line_parser.add_listener
def add_arguments(parser: Any) -> None:
    parser.add_argument("--plan", choices=list(USERS), default="smoke", help="how much load")
    parser.add_argument("--test-note", default="", help="free text")
    parser.add_argument("--no-shape", action="store_true", include_in_web_ui=False)


@events.init.add_listener
def set_shape(environment: Any, **_: Any) -> None:
    if environment.parsed_options.no_shape:
        return
    environment.shape_class = PlanShape()
    environment.shape_class.runner = environment.runner
    environment.shape_class.options = environment.parsed_options
