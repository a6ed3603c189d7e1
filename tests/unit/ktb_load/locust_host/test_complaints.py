import logging

from ktb_load.locust_host.complaints import Complaints


def test_the_same_complaint_is_said_a_few_times_and_then_counted(caplog):
    complaints = Complaints()
    with caplog.at_level(logging.WARNING):
        for number in range(40):
            complaints.warn(number, ValueError(f"port {number} is closed"))
        complaints.warn(1, ValueError("something else"))
        complaints.sum_up()
    said = [record.getMessage() for record in caplog.records]
    assert len([text for text in said if text.startswith("VU")]) == 6
    assert said[-1] == "port N is closed (40 times in all)"


def test_the_faults_of_a_task_come_with_their_traceback(caplog):
    try:
        {}["room"]
    except KeyError as error:
        Complaints().trace(3, error)
    assert caplog.records[0].exc_info is not None
    assert "VU 3: KeyError: 'room'" in caplog.text
