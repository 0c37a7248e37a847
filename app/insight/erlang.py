"""How many people a telephone needs: Erlang C.

It answers for calls that arrive at random and wait until somebody is free: nobody hangs up. That is not so, and whoever
shows a figure says it; with few abandoned calls the number needed comes out slightly high, which is the safe side.
A. K. Erlang's formula (1917) as in L. Kleinrock, Queueing Systems, volume 1 (1975), section 3.5 (M/M/m):

    P(wait) = (A^N / N!) (N / (N - A)) / (sum over k < N of A^k / k! + (A^N / N!) (N / (N - A)))
    P(wait longer than t) = P(wait) e^(-(N - A) t / AHT)

A is the traffic in erlangs (calls an hour times the mean handling time in hours), N the number of analysts; it needs
N > A. The sums are taken by the recursion of Erlang B, which stays within floating point for any N.
"""

from __future__ import annotations

from math import exp
from typing import Final

WITHIN_SECONDS: Final = 20
SHARE: Final = 0.8
"""The service level that is aimed at: this share of the calls is answered within WITHIN_SECONDS."""
MOST: Final = 500


def waits(traffic: float, analysts: int) -> float:
    """The probability that a call waits (Erlang C). `traffic` in erlangs, >= 0; 1.0 where analysts <= traffic."""
    if traffic <= 0:
        return 0.0
    if analysts <= traffic:
        return 1.0
    blocked = 1.0
    for n in range(1, analysts + 1):
        blocked = traffic * blocked / (n + traffic * blocked)
    return analysts * blocked / (analysts - traffic * (1 - blocked))


def service_level(traffic: float, analysts: int, handle_seconds: float, within: float = WITHIN_SECONDS) -> float:
    """The share of calls that is answered within so many seconds."""
    if traffic <= 0:
        return 1.0
    if analysts <= traffic:
        return 0.0
    return 1.0 - waits(traffic, analysts) * exp(-(analysts - traffic) * within / handle_seconds)


def needed(calls_an_hour: float, handle_seconds: float, share: float = SHARE, within: float = WITHIN_SECONDS) -> int:
    """The fewest analysts that keep the service level; 0 without calls."""
    traffic = calls_an_hour * handle_seconds / 3600
    if traffic <= 0:
        return 0
    analysts = int(traffic) + 1
    while service_level(traffic, analysts, handle_seconds, within) < share and analysts < MOST:
        analysts += 1
    return analysts
