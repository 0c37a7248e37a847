"""Demo data: the desk of an invented machinery manufacturer with two years of cases, made from a seed.

Read in the order in which it is made: `words` (texts and facts from resources/demo), `works` (departments, people,
places, machines, queues, who covers whom), `arrivals` (when somebody needs help, and with what), `lives`, `scripts` and
`stories` (what happens to a case until it is closed or the present is reached), `shelf` (articles), `making` (all of it
into a profile).
"""

from __future__ import annotations

from app.demo.making import is_demo, make_demo

__all__ = ["is_demo", "make_demo"]
