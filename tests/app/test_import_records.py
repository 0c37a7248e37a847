"""Lists of cases, people and departments: other systems' exports, our own field names, and twice the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app import times
from app.errors import UserError
from app.intake.mapping import find_mapping, parse_mapping
from app.intake.records import import_cases
from app.intake.registers import import_departments, import_requesters
from app.refusals import in_language
from db.shapes import Requester
from tests.app.report_desk import Past, at


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    desk = Past(tmp_path / "desk", now=at("2026-11-02 09:00"))
    yield desk
    desk.close()


def rows(past: Past, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in past.context.reader.all(sql, params)]


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def statuses(past: Past, ref: str) -> list[tuple[str, str]]:
    return [
        (times.iso_utc(moment), status)
        for moment, status in rows(
            past,
            'SELECT e.at, e.new FROM case_event e JOIN "case" c ON c.id = e.case_id '
            "WHERE c.external_ref = ? AND e.field = 'status' ORDER BY e.id",
            (ref,),
        )
    ]


SERVICENOW = {
    "result": [
        {
            "number": "INC0000060", "state": "7", "hold_reason": "", "priority": "3",
            "sys_updated_on": "2016-12-14 02:46:44", "opened_at": "2016-12-12 15:19:57",
            "resolved_at": "2016-12-13 21:43:14", "closed_at": "2016-12-14 02:46:44",
            "short_description": "Unable to connect to email", "description": "It appears to be down.\r\nSince noon.",
            "assignment_group": {"display_value": "Network", "value": "287e"}, "location": "", "company": "",
            "assigned_to": {"link": "x", "value": "5137"}, "category": "inquiry", "contact_type": "self-service",
            "caller_id": {"display_value": "Joe Employee", "value": "681c"}, "cause": "",
            "close_notes": "This incident is resolved.",
        },
        {
            "number": "INC0000061", "state": "3", "hold_reason": "4", "priority": "1 - Critical",
            "sys_updated_on": "2016-12-13 08:00:00", "opened_at": "2016-12-13 07:00:00", "resolved_at": "",
            "closed_at": "", "short_description": "SAP down", "description": "", "contact_type": "phone",
        },
    ]
}  # fmt: skip


def test_servicenow_records(past: Past, tmp_path: Path) -> None:
    path = written(tmp_path, "incidents.json", json.dumps(SERVICENOW))
    result = import_cases(past.context, path, find_mapping("servicenow-record"))
    assert (result.rows, result.created, result.problems) == (2, 2, [])
    assert statuses(past, "INC0000060") == [
        ("2016-12-12T15:19:57Z", "new"), ("2016-12-13T21:43:14Z", "resolved"), ("2016-12-14T02:46:44Z", "closed"),
    ]  # fmt: skip
    assert rows(past, """SELECT c.title, c.description, c.resolution, c.severity, q.name, a.name, r.name, c.channel
        FROM "case" c JOIN queue q ON q.id = c.queue_id JOIN analyst a ON a.id = c.work_owner_id
        JOIN requester r ON r.id = c.requester_id""") == [
        ("Unable to connect to email", "It appears to be down.\nSince noon.", "This incident is resolved.", 3,
         "Network", "5137", "Joe Employee", "self-service"),
    ]  # fmt: skip
    assert rows(past, """SELECT status, waiting_on, severity, ended_at FROM "case" WHERE title = 'SAP down'""") == [
        ("waiting", "supplier", 1, None)
    ]
    again = import_cases(past.context, path, find_mapping("servicenow-record"))
    assert (again.created, again.updated, again.skipped) == (0, 0, 2)


def test_a_later_record_adds_what_changed(past: Past, tmp_path: Path) -> None:
    mapping = find_mapping("servicenow-record")
    import_cases(past.context, written(tmp_path, "a.json", json.dumps(SERVICENOW)), mapping)
    later = json.loads(json.dumps(SERVICENOW))
    later["result"][1] |= {"state": "6", "sys_updated_on": "2016-12-15 10:00:00", "resolved_at": "2016-12-15 09:00:00"}
    path = written(tmp_path, "b.json", json.dumps(later))
    assert import_cases(past.context, path, mapping).updated == 1
    assert statuses(past, "INC0000061") == [
        ("2016-12-13T07:00:00Z", "new"), ("2016-12-13T08:00:00Z", "waiting"), ("2016-12-15T09:00:00Z", "resolved"),
    ]  # fmt: skip
    before = rows(past, "SELECT * FROM case_event ORDER BY id")
    assert import_cases(past.context, path, mapping).skipped == 2
    assert rows(past, "SELECT * FROM case_event ORDER BY id") == before


def test_jira_of_a_server_with_repeated_labels(past: Past, tmp_path: Path) -> None:
    text = (
        "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Priority,Assignee,Reporter,Created,"
        "Updated,Resolved,Component/s,Labels,Labels,Description\n"
        "Drucker streikt,IT-7,1,Incident,Done,IT,Betrieb,High,Unassigned,Ümit,11/May/24 03:26 PM,12/May/24 12:05 AM,"
        '11/May/24 04:00 PM,Druck,papier,halle-2,"Zeile 1\nZeile 2"\n'
        "Neuer Zugang,IT-8,2,Task,Waiting for customer,IT,Betrieb,Someday,Jo,Ümit,12/May/24 09:00 AM,"
        "12/May/24 09:30 AM,,,,,\n"
    )
    result = import_cases(past.context, written(tmp_path, "jira.csv", text), find_mapping("jira"))
    assert (result.created, result.problems) == (2, [])
    assert rows(past, """SELECT title, description, kind, severity, status, waiting_on, opened_at, resolved_at
        FROM "case" ORDER BY external_ref""") == [
        ("Drucker streikt", "Zeile 1\nZeile 2", "incident", 2, "closed", None, at("2024-05-11 15:26"),
         at("2024-05-11 16:00")),
        ("Neuer Zugang", "", "request", 3, "waiting", "requester", at("2024-05-12 09:00"), None),
    ]  # fmt: skip
    assert rows(past, "SELECT tag FROM case_tag ORDER BY 1") == [("halle-2",), ("papier",)]
    assert rows(past, "SELECT name FROM analyst ORDER BY 1") == [("Anna Kern",), ("Jo",)]


def test_every_jira_header_seen_fits(past: Past, shared_data: Path, tmp_path: Path) -> None:
    seen = (shared_data / "export-formats" / "jira_csv_header_lines_seen.txt").read_text(encoding="utf-8")
    headers = [line for line in seen.splitlines() if line.startswith("Summary,")]
    assert len(headers) == 3
    for number, header in enumerate(headers):
        cells = {"Summary": "Broken", "Issue key": f"P-{number}", "Status": "Open", "Project name": "P",
                 "Created": "2024-05-11 15:26", "Updated": "2024-05-11 15:26", "Priority": "Low"}  # fmt: skip
        line = ",".join(cells.get(column, "") for column in header.split(","))
        result = import_cases(past.context, written(tmp_path, "j.csv", f"{header}\n{line}\n"), find_mapping("jira"))
        assert (result.created, result.problems) == (1, [])


@pytest.mark.parametrize(
    ("file", "mapping", "cases"),
    [("zammad_api_v1_tickets_list.json", "zammad", 2), ("servicenow_incident_INC0000060.json", "servicenow-record", 1)],
)
def test_the_vendors_own_examples(past: Past, shared_data: Path, file: str, mapping: str, cases: int) -> None:
    path = shared_data / "export-formats" / file
    result = import_cases(past.context, path, find_mapping(mapping))
    assert (result.created, result.problems) == (cases, [])
    assert import_cases(past.context, path, find_mapping(mapping)).skipped == cases
    if mapping == "zammad":
        assert rows(past, """SELECT c.title, c.status, q.name, a.name FROM "case" c JOIN queue q ON q.id = c.queue_id
            LEFT JOIN analyst a ON a.id = c.work_owner_id ORDER BY c.external_ref""") == [
            ("Welcome to Zammad!", "new", "Zammad group 1", None),
            ("Order 777555", "closed", "Zammad group 1", "Zammad user 3"),
        ]  # fmt: skip


def test_cases_under_our_own_field_names(past: Past, tmp_path: Path) -> None:
    text = (
        "number;title;status;severity;queue;requester;opened_at;tags\n"
        "17;Maus defekt;in progress;4;Hotline;Jo Böhm;2026-05-04T08:00;maus, tausch\n"
        "18;Monitor;exploded;4;Hotline;Jo Böhm;2026-05-04T08:00;\n"
        "17;Maus defekt;resolved;4;Hotline;Jo Böhm;2026-05-04T08:00;\n"
    )
    path = written(tmp_path, "cases.csv", text)
    for created in (1, 0):
        result = import_cases(past.context, path)
        assert (result.rows, result.cases, result.created, result.skipped) == (3, 1, created, 1 - created)
        assert result.problems == [
            (2, 'the status "exploded" is not in the mapping'), (3, "the case 17 stands in the file twice"),
        ]  # fmt: skip
    assert rows(past, 'SELECT title, status, severity, opened_at FROM "case"') == [
        ("Maus defekt", "in progress", 4, at("2026-05-04 08:00"))
    ]
    assert rows(past, "SELECT tag FROM case_tag ORDER BY 1") == [("maus",), ("tausch",)]


def test_cases_without_any_time_are_opened_now_and_only_once(past: Past, tmp_path: Path) -> None:
    path = written(tmp_path, "cases.csv", "number,title,status\n1,Mouse,waiting\n2,Keyboard,\n")
    import_cases(past.context, path)
    past.now += 3_600_000
    assert import_cases(past.context, path).skipped == 2
    assert rows(past, 'SELECT status FROM "case" ORDER BY external_ref') == [("waiting",), ("new",)]


def test_requesters_are_recognised_again(past: Past, tmp_path: Path) -> None:
    with past.replica.transaction("admin.add", past.context.me, at=past.now) as tx:
        tx.insert(Requester, name="Ann Lee", phone="1")
    text = (
        "name,email,phone,department,place,external_ref\n"
        "Ann Lee,ann@example.org,,Sales,,\n"
        "Jörg Müller,,4711,Presses,Halle 2,P-1\n"
        ",,4712,Presses,Halle 3,\n"
        "Ann Lee,,,Payroll,,\n"
        ",,4713,,,\n"
        "Ann Lee,,,Payroll,,\n"
    )
    path = written(tmp_path, "people.csv", text)
    result = import_requesters(past.context, path)
    assert (result.rows, result.cases, result.created, result.updated) == (6, 4, 3, 1)
    assert result.problems == [(5, "it has neither a name nor a place"), (6, "it means the same as row 4")]
    wanted = [
        (None, None, "4712", "Presses", "Halle 3"), ("Ann Lee", "ann@example.org", "1", "Sales", None),
        ("Ann Lee", None, None, "Payroll", None), ("Jörg Müller", None, "4711", "Presses", "Halle 2"),
    ]  # fmt: skip
    sql = """SELECT r.name, r.email, r.phone, d.name, p.name FROM requester r
        JOIN department d ON d.id = r.department_id LEFT JOIN place p ON p.id = r.place_id ORDER BY 1, 2 DESC"""
    assert rows(past, sql) == wanted
    assert import_requesters(past.context, path).skipped == 4
    moved = written(tmp_path, "moved.csv", "external_ref,name,department\nP-1,Jörg Müller-Lee,Sales\n")
    assert import_requesters(past.context, moved).updated == 1
    assert ("Jörg Müller-Lee", None, "4711", "Sales", "Halle 2") in rows(past, sql)


def test_departments_with_their_tree(past: Past, tmp_path: Path) -> None:
    text = (
        "name,parent,cost_centre,headcount,significance,sponsor\n"
        "Hall 1,Production,4711,80,1,M. Sommer\n"
        "Production,Works,4700,,,\n"
        "Works,,,1200,,\n"
        "Lost,Nowhere,,,,\n"
        "Snake,Tail,,,,\n"
        "Tail,Snake,,,,\n"
        "Hall 2,Production,,many,,\n"
        ",Production,,,,\n"
    )
    path = written(tmp_path, "departments.csv", text)
    result = import_departments(past.context, path)
    assert (result.rows, result.cases, result.created) == (8, 6, 6)
    assert result.problems == [
        (7, 'the headcount "many" is not a number from 0 to 10000000'), (8, "it has no name"),
        (4, 'its parent "Nowhere" is not known; it was taken without'),
        (6, 'its parent "Snake" lies below it; it was taken without'),
    ]  # fmt: skip
    tree = rows(past, "SELECT d.name, p.name, d.cost_centre, d.headcount, d.significance FROM department d "
                      "LEFT JOIN department p ON p.id = d.parent_id ORDER BY 1")  # fmt: skip
    assert tree == [
        ("Hall 1", "Production", "4711", 80, 1), ("Lost", None, None, None, 2),
        ("Production", "Works", "4700", None, 2),
        ("Snake", "Tail", None, None, 2), ("Tail", None, None, None, 2), ("Works", None, None, 1200, 2),
    ]  # fmt: skip
    again = import_departments(past.context, path)
    assert (again.created, again.updated, again.skipped) == (0, 0, 6)


def test_departments_by_a_mapping(past: Past, tmp_path: Path) -> None:
    mapping = parse_mapping(
        'what = "departments"\nsource = "hr"\n[file]\ndelimiter = ";"\nencoding = "cp1252"\n'
        '[fields]\nname = "Abteilung"\nexternal_ref = "Nr"\n',
        "hr.toml",
    )
    path = tmp_path / "hr.csv"
    for name in ("Büro Süd", "Büro West"):
        path.write_bytes(f"Nr;Abteilung\n12;{name}\n".encode("cp1252"))
        import_departments(past.context, path, mapping)
        assert rows(past, "SELECT name, external_ref FROM department") == [(name, "12")], "the reference holds"
    with pytest.raises(UserError, match="is for departments; name one for requesters"):
        import_requesters(past.context, path, mapping)


def test_what_lists_bring_passes_the_shared_log(past: Past, tmp_path: Path) -> None:
    import_departments(past.context, written(tmp_path, "d.csv", "name,parent\nA,B\nB,\n"))
    import_requesters(past.context, written(tmp_path, "r.csv", "name,department\nJo,A\n"))
    import_cases(past.context, written(tmp_path, "c.csv", "number,title,department\n1,Mouse,A\n"))
    past.publish()
    assert past.replica.pending_count() == 0
    assert past.replica.rows_digest() == past.replica.digest
    assert rows(past, 'SELECT c.number, d.name FROM "case" c JOIN department d ON d.id = c.department_id') == [(1, "A")]


@pytest.mark.parametrize(
    ("bring", "header"), [(import_requesters, "name,language"), (import_departments, "name,language")]
)
def test_a_language_that_is_no_code_is_refused_in_one_sentence(past: Past, tmp_path: Path, bring, header) -> None:
    text = f"{header}\nHall 7,DE\nHall 8,German\nHall 9,\nHall 10,de-AT\n"
    result = bring(past.context, written(tmp_path, "list.csv", text))
    assert result.problems == [
        (2, 'the language "German" is not a code like de or en'),
        (4, 'the language "de-AT" is not a code like de or en'),
    ]
    table = "requester" if bring is import_requesters else "department"
    found = rows(past, f"SELECT name, language FROM {table} WHERE name LIKE 'Hall %' ORDER BY name")
    assert found == [("Hall 7", "de"), ("Hall 9", None)]
    assert in_language(result.problems[0][1], "de") == "die Sprache „German“ ist kein Kürzel wie de oder en"
