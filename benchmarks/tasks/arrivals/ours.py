"""Nothing at all, PER_SECOND times a second; when each time began is written down at the end."""

from locust import events, task

import json
import os
import time
from array import array
from pathlib import Path
from statistics import median

from benchmarks.statistics import percentile
from ktb_load.locust_host.user import LoadUser

began = array("d")


class Idler(LoadUser):
    @task
    def nothing(self):
        began.append(time.perf_counter())


@events.quitting.add_listener
def tell(**_):
    per_second = int(os.environ["PER_SECOND"])
    late_ms = [(at - number / per_second) * 1000 for number, at in enumerate(began)]
    earliest = min(late_ms)
    late_ms = [late - earliest for late in late_ms]
    figures = {
        "begun": len(late_ms),
        "late_median_ms": median(late_ms),
        "late_p99_ms": percentile(late_ms, 0.99),
        "late_most_ms": max(late_ms),
        "drift_ms": median(late_ms[-per_second:]) - median(late_ms[:per_second]),
    }
    Path(os.environ["REPORT"]).write_text(json.dumps(figures))
