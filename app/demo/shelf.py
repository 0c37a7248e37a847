"""The knowledge base of the demo: one article for each thing that can happen, in the state it has come to.

An article grows: a rough draft from the first case, then clearer steps, then a review. Every version is kept, and the
article is as its last version.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

from app.demo.words import Scenario, Words, chance
from app.demo.works import Row, Works
from app.times import DAY_MS, MINUTE_MS
from db.ids import derived_id
from db.shapes import Article, ArticleDepartment, ArticleProduct, ArticleTag, ArticleVersion

_STATES: Final = ("published", "reviewed", "generic", "rough", "archived")
_AUDIENCE: Final = {
    "app": "IT", "device": "everyone", "machine": "departments", "network": "IT", "account": "everyone",
}  # fmt: skip
_GROWING: Final = {
    "published": ("rough", "generic", "reviewed", "published"),
    "reviewed": ("rough", "generic", "reviewed"),
    "generic": ("rough", "generic"),
    "rough": ("rough",),
    "archived": ("rough", "generic", "published", "archived"),
}
_EXAMPLES: Final = {"n": "7", "no": "48210", "dept": "", "name": ""}


@dataclass(frozen=True)
class Shelved:
    """An article that cases may use. `since`: ms UTC from when on it is usable, None: never."""

    id: bytes
    since: int | None


def shelf(words: Words, works: Works, seed: int) -> tuple[list[Row], dict[str, Shelved]]:
    """(rows, article by scenario)."""
    rng = chance(seed, "shelf")
    rows: list[Row] = []
    by_scenario: dict[str, Shelved] = {}
    ranked = sorted(words.scenarios.values(), key=lambda s: -s.weight * rng.uniform(0.5, 1.5))
    span = works.now - works.begin
    for place, scenario in enumerate(ranked):
        share = place / len(ranked)
        # What happens often was written down first.
        at = works.begin + int(span * min(0.97, 0.02 + 0.95 * share**1.4 * rng.uniform(0.8, 1.05)))
        at = works.clock("desk")(at, rng.randrange(1, 300) * MINUTE_MS) or at
        state = rng.choices(_STATES, (74, 9, 8, 6, 3))[0]
        if works.now - at < 30 * DAY_MS:
            state = rng.choice(("rough", "generic", "reviewed"))
        rows += _article(words, works, rng, scenario, at, state, by_scenario)
    return rows, by_scenario


def _article(
    words: Words, works: Works, rng: Random, scenario: Scenario, at: int, state: str, by_scenario: dict[str, Shelved]
) -> list[Row]:
    facts = words.world["products"][scenario.product]
    texts = words.phrases["article"]
    owner = works.one_of(facts["tier2"], at, rng)
    said = "\n".join(f"- {_example(text, works, scenario)}" for text in scenario.said)
    problem = texts["problem"].format(title=_example(scenario.titles[0], works, scenario), said=said)
    note = texts["note"].format(queue=works.queue_names[facts["tier3"]])
    versions = []
    when = at
    comments = list(texts["comment"])
    for number, step_state in enumerate(_GROWING[state]):
        steps = scenario.steps if number else scenario.steps[: max(1, len(scenario.steps) - 1)]
        solution = "\n".join(f"{n}. {step}" for n, step in enumerate(steps, start=1))
        if number >= 2 and not scenario.wanted:
            solution += f"\n\n{note}"
        comment = comments.pop(0 if number < 3 else rng.randrange(len(comments)))
        author = works.one_of(facts["tier2"], when, rng) if number else owner
        versions.append((when, author.id, step_state, solution, comment))
        following = works.clock("desk")(when + int(rng.uniform(3, 45) * DAY_MS), rng.randrange(1, 300) * MINUTE_MS)
        if following is None or following >= works.now - DAY_MS:
            break
        when = following
    last_at, _, last_state, last_solution, _ = versions[-1]
    article = works.ids(at)
    audience = _AUDIENCE[facts["type"]] if last_state == "published" else "team"
    values = {"title": scenario.about, "problem": problem, "cause": scenario.cause, "language": words.language}
    review = (works.days.date(last_at) + timedelta(days=365)).isoformat() if last_state == "published" else None
    rows: list[Row] = [
        (Article, article, {**values, "solution": last_solution, "state": last_state, "audience": audience,
                            "owner_id": owner.id, "review_date": review, "created_at": at, "updated_at": last_at})
    ]  # fmt: skip
    for version_at, author_id, step_state, solution, comment in versions:
        content = {key: values[key] for key in ("title", "problem", "cause")}
        rows.append((ArticleVersion, works.ids(version_at), {
            "article_id": article, "at": version_at, "author_id": author_id, **content, "solution": solution,
            "state": step_state, "comment": comment,
        }))  # fmt: skip
    product = works.products[scenario.product]
    rows.append((ArticleProduct, works.ids(at), {"article_id": article, "product_id": product}))
    for tag in scenario.tags:
        rows.append((ArticleTag, derived_id(0, "article tag", article.hex(), tag), {"article_id": article, "tag": tag}))
    if audience == "departments":
        for section in works.sections.values():
            if set(section.groups) & set("hai") and section.people:
                rows.append((ArticleDepartment, works.ids(at), {"article_id": article, "department_id": section.id}))
    usable = next((v[0] for v in versions if v[2] != "rough"), None)
    by_scenario[scenario.key] = Shelved(article, usable if last_state != "archived" else None)
    return rows


def _example(text: str, works: Works, scenario: Scenario) -> str:
    if "{" not in text:
        return text
    machine = works.machines[scenario.asset][1] if scenario.asset else None
    place = works.places[machine.place][1] if machine else next(iter(works.places.values()))[1]
    return text.format_map({**_EXAMPLES, "asset": machine.tag if machine else place, "place": place})
