"""Workstations that work together on a PostgreSQL store: the scenarios that the other suites play in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from db.server import ServerLog
from tests.postgres import PASSWORD, PostgresServer
from tests.sync.test_working_together import (  # noqa: F401 - they are collected here once more
    test_a_batch_travels_in_one_entry_and_a_large_transaction_alone,
    test_a_case_opened_in_one_is_seen_claimed_and_resolved_in_the_other,
    test_a_fresh_change_wins_and_both_values_are_kept,
    test_a_newcomer_reads_five_hundred_entries_at_a_time_and_ends_where_all_are,
    test_a_stale_change_is_kept_as_a_proposal,
    test_every_256th_entry_carries_the_state_digest_and_everybody_compares,
    test_numbers_have_no_gaps_whoever_opens_cases,
    test_of_two_who_claim_at_once_one_wins_and_the_loser_learns_who,
    test_offline_work_of_both_is_merged_when_they_meet,
)


@pytest.fixture
def make_log(postgres: PostgresServer) -> Iterator[Callable[[str], ServerLog]]:
    url, logs = postgres.emptied(), []

    def make(name: str) -> ServerLog:
        logs.append(ServerLog(url, name, PASSWORD))
        return logs[-1]

    yield make
    for log in logs:
        log.close()
