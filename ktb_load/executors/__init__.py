"""The executors, by k6's names."""

from ktb_load.executors.constant_arrival_rate import ConstantArrivalRate
from ktb_load.executors.constant_vus import ConstantVUs
from ktb_load.executors.externally_controlled import ExternallyControlled
from ktb_load.executors.per_vu_iterations import PerVUIterations
from ktb_load.executors.ramping_arrival_rate import RampingArrivalRate
from ktb_load.executors.ramping_vus import RampingVUs
from ktb_load.executors.running import Executor
from ktb_load.executors.shared_iterations import SharedIterations
from ktb_load.plan.schema import ExecutorTypes

_ALL: tuple[type[Executor], ...] = (
    SharedIterations,
    PerVUIterations,
    ConstantVUs,
    RampingVUs,
    ConstantArrivalRate,
    RampingArrivalRate,
    ExternallyControlled,
)

EXECUTORS: ExecutorTypes = {executor.EXECUTOR: executor for executor in _ALL}
