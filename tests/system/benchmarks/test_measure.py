import os
import subprocess
import sys
import time

import pytest

from benchmarks.measure import cpu_s, memory_bytes, tree

pytestmark = pytest.mark.system
BURN = "import time\nwhile time.process_time() < 0.2: pass"
WAIT = "import sys; sys.stdin.read()"


def test_cpu_time_is_that_of_the_process_itself():
    began, own = cpu_s(os.getpid()), time.process_time()
    while time.process_time() < own + 0.05:
        pass
    assert 0.05 <= cpu_s(os.getpid()) - began < 1


def test_children_count_when_they_have_ended():
    began = cpu_s(os.getpid())
    subprocess.run([sys.executable, "-c", BURN], check=True)
    assert cpu_s(os.getpid()) - began >= 0.18


def test_children_belong_to_the_tree_while_they_live():
    with subprocess.Popen([sys.executable, "-c", WAIT], stdin=subprocess.PIPE) as child:
        assert child.pid in tree(os.getpid())
        assert memory_bytes(os.getpid()) > memory_bytes(child.pid) > 0
        child.communicate()
    assert child.pid not in tree(os.getpid())


def test_a_process_that_is_gone_has_nothing():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert (cpu_s(gone.pid), memory_bytes(gone.pid)) == (0, 0)
