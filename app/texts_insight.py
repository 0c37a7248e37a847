"""Words of insight: key -> (English, German). See app.texts."""

from __future__ import annotations

from typing import Final

INSIGHT: Final[dict[str, tuple[str, str]]] = {
    "insight.nothing": ("Nothing of that kind in this span.", "Nichts dergleichen in dieser Zeit."),
    "insight.repeats": ("What repeats", "Was sich wiederholt"),
    "insight.training": ("Teach", "Schulen"),
    "insight.training.known": ("one article answered it each time", "ein Artikel beantwortete es jedes Mal"),
    "insight.training.again": ("asked again; no article was used", "wieder gefragt; kein Artikel wurde genutzt"),
    "insight.training.escalated": ("escalated, though an article solved it", "eskaliert, obwohl ein Artikel es löst"),
    "column.about": ("About", "Worüber"),
    "column.why": ("Why", "Warum"),
    "insight.pingpong": ("Between", "Zwischen"),
    "insight.escalations": ("Escalated by", "Eskaliert von"),
    "insight.cost": ("For", "Für"),
    "insight.launch": ("Product (since)", "Produkt (seit)"),
    "insight.pareto": ("Who or what", "Wer oder was"),
    "insight.targets": ("Figure", "Kennzahl"),
    "insight.effect": ("Span", "Zeitraum"),
    "insight.row.before": ("before", "vorher"),
    "insight.row.after": ("after", "nachher"),
    "insight.proposal.article": ("write an article", "Artikel schreiben"),
    "insight.proposal.training": ("train: the article is there", "schulen: der Artikel ist da"),
    "insight.proposal.fix": ("a permanent fix", "dauerhaft beheben"),
    "column.proposal": ("Would end it", "Würde es beenden"),
    "column.justified": ("Justified", "Berechtigt"),
    "column.avoidable": ("Avoidable", "Vermeidbar"),
    "column.undecided": ("Still open", "Noch offen"),
    "column.avoidable_share": ("Avoidable, share", "Vermeidbar, Anteil"),
    "column.reasons": ("Reasons", "Gründe"),
    "column.without_rate": ("Without a rate", "Ohne Satz"),
    "column.rank": ("Rank", "Rang"),
    "column.few": ("In the 80 %", "In den 80 %"),
    "column.weight_share": ("Share of weight", "Anteil am Gewicht"),
    "column.weight_rank": ("Rank by weight", "Rang nach Gewicht"),
    "column.weight_few": ("In the 80 % by weight", "In den 80 % nach Gewicht"),
    "column.a_week": ("A week", "Je Woche"),
    "column.days": ("Days", "Tage"),
}
