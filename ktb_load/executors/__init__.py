"""The executors by k6's names. None: k6 1.8.1 has it, we do not yet."""

from ktb_load.executors.constant_vus import ConstantVUs
from ktb_load.executors.per_vu_iterations import PerVUIterations
from ktb_load.executors.ramping_vus import RampingVUs
from ktb_load.plan.schema import ExecutorTypes

EXECUTORS: ExecutorTypes = {
    "shared-iterations": None,
    "per-vu-iterations": PerVUIterations,
    "constant-vus": ConstantVUs,
    "ramping-vus": RampingVUs,
    "constant-arrival-rate": None,
    "ramping-arrival-rate": None,
    "externally-controlled": None,
}
